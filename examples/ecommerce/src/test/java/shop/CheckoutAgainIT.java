package shop;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.relay.Reply;
import dev.relay.failure.RelayException;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Users who check out again, while or after they have done so. */
class CheckoutAgainIT {
  private static final String PENDING = "pm_sandbox_pending";

  private static Shop shop;

  @BeforeAll
  static void open() {
    shop = new Shop();
  }

  @AfterAll
  static void close() {
    shop.close();
  }

  @Test
  void ten_clicks_on_a_full_cart_make_one_order() {
    shop.stock("sofa", 20);
    shop.fill("ann", "sofa", 2);

    List<CompletableFuture<Reply>> clicks =
        Stream.generate(() -> start("ann", "pm_card_visa")).limit(10).toList();

    assertThat(clicks.stream().map(click -> outcome(click).at("/orderId").stringValue()).distinct())
        .hasSize(1);
    shop.awaitStock("sofa", 18, 0);
    assertThat(orders("ann")).hasSize(1);
  }

  @Test
  void another_cart_is_another_order() {
    String first = shop.buy("bob", "table", 1);
    String second = shop.buy("bob", "bench", 2);

    assertThat(second).isNotEqualTo(first);
    assertThat(shop.order(second).at("/total").decimalValue()).isEqualByComparingTo("59.98");
    assertThat(orders("bob")).hasSize(2);
  }

  @Test
  void a_cart_that_is_filled_while_the_bank_takes_its_time_is_checked_out_after_that() {
    shop.stock("shelf", 2);
    shop.fill("cat", "shelf", 1);
    CompletableFuture<Reply> first = start("cat", PENDING);
    String pending = awaitPending("cat");
    await()
        .atMost(60, SECONDS)
        .until(() -> shop.cart("cat").at("/status").asString(), "ordered"::equals);
    shop.fill("cat", "shelf", 1);
    CompletableFuture<Reply> second = start("cat", "pm_card_visa");

    capture("cat", pending);

    assertThat(outcome(first).at("/orderId").stringValue()).isEqualTo(pending);
    assertThat(outcome(second).at("/orderId").stringValue()).isNotEqualTo(pending);
    shop.awaitStock("shelf", 0, 0);
  }

  @Test
  void who_calls_off_an_order_that_the_bank_takes_its_time_for_pays_in_another_way() {
    shop.stock("stool", 1);
    shop.fill("dan", "stool", 1);
    CompletableFuture<Reply> first = start("dan", PENDING);
    String pending = awaitPending("dan");
    CompletableFuture<Reply> second = start("dan", "pm_card_visa");

    shop.ask("flow-cancellation", "START_CANCELLATION", Map.of("orderId", pending));

    assertThat(Shop.refusal(() -> outcome(first)).reason()).contains("CANCELLED");
    assertThat(outcome(second).at("/status").stringValue()).isEqualTo("confirmed");
    assertThat(shop.order(pending).at("/status").stringValue()).isEqualTo("cancelled");
    assertThat(shop.payment(pending).at("/status").stringValue()).isEqualTo("voided");
    shop.awaitStock("stool", 0, 0);
  }

  private static CompletableFuture<Reply> start(String user, String method) {
    Map<String, Object> payload = new HashMap<>(Map.of("userId", user, "method", method));
    return shop.relay().askAsync("flow-checkout", "START_CHECKOUT", payload);
  }

  private static JsonNode outcome(CompletableFuture<Reply> checkout) {
    try {
      JsonNode data = checkout.join().data();
      assertThat(data).isNotNull();
      return data;
    } catch (CompletionException failure) {
      throw failure.getCause() instanceof RelayException known ? known : failure;
    }
  }

  private static List<JsonNode> orders(String user) {
    return shop.ask("order", "GET_USER_ORDERS", Map.of("userId", user))
        .at("/items")
        .valueStream()
        .toList();
  }

  /** The order that the bank is asked about. */
  private static String awaitPending(String user) {
    shop.awaitStep("checkout", user, "settlement");
    return shop.run("checkout", user).at("/results/order/orderId").stringValue();
  }

  private static void capture(String user, String order) {
    Map<String, Object> word =
        Map.of(
            "orderId",
            order,
            "userId",
            user,
            "transactionId",
            shop.payment(order).at("/attempts/0/transactionId").stringValue(),
            "outcome",
            "captured",
            "amount",
            new BigDecimal("29.99"),
            "currency",
            "EUR");
    shop.relay().tell("payment", "PAYMENT_WEBHOOK", word);
  }
}
