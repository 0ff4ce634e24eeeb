package shop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.Relay;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** An order is rejected by the event of a missing product before the checkout hears of it. */
class CheckoutRejectedIT {
  @Test
  void a_checkout_that_hears_of_its_rejected_order_first_says_what_is_missing() {
    try (Shop shop = new Shop(node -> node.host("cart", "order", "flow-checkout"))) {
      shop.fill("fay", "couch", 1);
      CompletableFuture<Void> started =
          CompletableFuture.allOf(
                  shop.relay().askAsync("flow-checkout", "START_CHECKOUT", Map.of("userId", "fay")))
              .exceptionally(outOfStockOrLate -> null);
      Shop.eventually(
          () -> assertThat(shop.run("checkout", "fay").at("/results/order").isObject()).isTrue());
      String order = shop.run("checkout", "fay").at("/results/order/orderId").stringValue();

      shop.ask(
          "order",
          "UPDATE_ORDER_STATUS",
          Map.of("orderId", order, "status", "rejected", "reason", "not enough of couch"));
      Shop.eventually(() -> assertThat(shop.journal("flow-checkout", "ORDER_CANCELLED")).isOne());
      try (Relay inventory = shop.another().start()) {
        assertThat(inventory.actors()).isNotEmpty();
        for (int minute = 0; minute < 10 && ending(shop).isEmpty(); minute++) {
          passUntilTheNextAttempt(shop);
        }
        assertThat(ending(shop)).isEqualTo("OUT_OF_STOCK");
      }
      Shop.eventually(
          () -> assertThat(shop.cart("fay").at("/status").asString()).isEqualTo("open"));
      started.join();
    }
  }

  private static String ending(Shop shop) {
    return shop.run("checkout", "fay").at("/ending/reason").asString("");
  }

  /** A minute is the longest that a step waits before it is tried again. */
  private static void passUntilTheNextAttempt(Shop shop) {
    int before = attempts(shop);
    shop.pass(Duration.ofMinutes(1));
    Shop.eventually(() -> assertThat(!ending(shop).isEmpty() || attempts(shop) != before).isTrue());
  }

  private static int attempts(Shop shop) {
    return shop.run("checkout", "fay").at("/pending/attempts").asInt(0);
  }
}
