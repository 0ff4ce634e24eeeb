package shop;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.relay.Relay;
import dev.relay.embedded.EmbeddedPostgres;
import dev.relay.failure.RelayException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shop.payment.Payments;
import tools.jackson.databind.JsonNode;

/** The checkout of flows/checkout.yaml, with two seconds in the place of a quarter of an hour. */
class CheckoutDeadlineIT {
  @Test
  void a_checkout_that_takes_too_long_is_undone_and_money_that_comes_late_goes_back(
      @TempDir Path folder) throws IOException {
    String hasty =
        Files.readString(Path.of("flows", "checkout.yaml"))
            .replace("deadline: { within: 15m", "deadline: { within: 2s");
    Files.writeString(folder.resolve("checkout.yaml"), hasty);
    try (EmbeddedPostgres postgres = EmbeddedPostgres.temporary();
        Relay relay =
            Relay.builder()
                .postgres(postgres.jdbcUrl(), postgres.user(), postgres.password())
                .actors(Path.of("actors"))
                .flows(folder)
                .actor(Payments.inSandbox(folder))
                .start()) {
      relay.tell("inventory", "UPDATE_STOCK", Map.of("productId", "sofa", "stock", 1));
      await().atMost(30, SECONDS).untilAsserted(() -> assertThat(available(relay)).isOne());
      relay.ask(
          "cart",
          "ADD_TO_CART",
          Map.of(
              "userId", "eve",
              "productId", "sofa",
              "name", "A sofa",
              "quantity", 1,
              "price", new BigDecimal("29.99")));

      assertThatThrownBy(
              () ->
                  relay.ask(
                      "flow-checkout",
                      "START_CHECKOUT",
                      Map.of("userId", "eve", "method", "pm_sandbox_pending")))
          .isInstanceOf(RelayException.class);

      JsonNode orders = ask(relay, "order", "GET_USER_ORDERS", Map.of("userId", "eve"));
      String order = orders.at("/items/0/orderId").stringValue();
      assertThat(orders.at("/items/0/status").stringValue()).isEqualTo("cancelled");
      assertThat(available(relay)).isOne();
      assertThat(
              ask(relay, "cart", "GET_CART", Map.of("userId", "eve")).at("/status").stringValue())
          .isEqualTo("open");

      relay.tell("payment", "PAYMENT_WEBHOOK", captured(order));
      await()
          .atMost(30, SECONDS)
          .untilAsserted(
              () ->
                  assertThat(
                          ask(relay, "payment", "GET_ORDER_PAYMENT", Map.of("orderId", order))
                              .at("/refunded")
                              .decimalValue())
                      .isEqualByComparingTo("29.99"));
    }
  }

  private static Map<String, Object> captured(String order) {
    return Map.of(
        "orderId", order,
        "userId", "eve",
        "transactionId", "pi_late",
        "outcome", "captured",
        "amount", new BigDecimal("29.99"),
        "currency", "EUR");
  }

  private static int available(Relay relay) {
    return ask(relay, "inventory", "GET_PRODUCT_STOCK", Map.of("productId", "sofa"))
        .at("/available")
        .intValue();
  }

  private static JsonNode ask(
      Relay relay, String actor, String event, Map<String, Object> payload) {
    JsonNode data = relay.ask(actor, event, payload).data();
    assertThat(data).isNotNull();
    return data;
  }
}
