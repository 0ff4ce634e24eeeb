package shop;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.relay.Relay;
import dev.relay.Reply;
import dev.relay.embedded.EmbeddedPostgres;
import dev.relay.failure.RelayException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import shop.payment.Payments;
import tools.jackson.databind.JsonNode;

/** The checkout flow with every way it can go, on a real Postgres. */
class CheckoutIT {
  private static EmbeddedPostgres postgres;
  private static Relay relay;

  @BeforeAll
  static void open() {
    postgres = EmbeddedPostgres.temporary();
    relay =
        Relay.builder()
            .postgres(postgres.jdbcUrl(), postgres.user(), postgres.password())
            .actors(Path.of("actors"))
            .flows(Path.of("flows"))
            .actor(Payments.inSandbox(Path.of("target", "outbox")))
            .start();
  }

  @AfterAll
  static void close() {
    relay.close();
    postgres.close();
  }

  @Test
  void a_full_cart_becomes_a_paid_order_with_a_parcel() {
    stock("sofa", 3);
    fill("ann", "sofa", 2);

    JsonNode outcome = checkOut("ann", "pm_card_visa");

    String order = outcome.at("/orderId").stringValue();
    assertThat(outcome.at("/status").stringValue()).isEqualTo("confirmed");
    assertThat(order(order).at("/status").stringValue()).isEqualTo("confirmed");
    assertThat(payment(order).at("/captured").decimalValue()).isEqualByComparingTo("59.98");
    assertThat(
            ask("shipping", "TRACK_SHIPMENT", Map.of("orderId", order)).at("/status").stringValue())
        .isEqualTo("created");
    awaitStock("sofa", 1, 0);
    assertThat(ask("order", "GET_USER_ORDERS", Map.of("userId", "ann")).at("/items").size())
        .isOne();
  }

  @Test
  void where_one_product_is_short_the_others_are_released_and_the_cart_is_full_again() {
    stock("table", 5);
    stock("bench", 0);
    fill("bob", "table", 2);
    fill("bob", "bench", 1);

    assertThatThrownBy(() -> checkOut("bob", "pm_card_visa"))
        .isInstanceOfSatisfying(
            RelayException.class, refused -> assertThat(refused.reason()).contains("OUT_OF_STOCK"))
        .hasMessageContaining("bench");

    awaitStock("table", 5, 0);
    assertThat(cart("bob").at("/status").stringValue()).isEqualTo("open");
    assertThat(cart("bob").at("/items").size()).isEqualTo(2);
    assertThat(
            ask("order", "GET_USER_ORDERS", Map.of("userId", "bob"))
                .at("/items/0/status")
                .stringValue())
        .isEqualTo("rejected");
  }

  @Test
  void where_the_payment_is_declined_everything_is_as_before_and_another_card_may_pay() {
    stock("shelf", 1);
    fill("cat", "shelf", 1);

    assertThatThrownBy(() -> checkOut("cat", "pm_card_chargeDeclinedInsufficientFunds"))
        .isInstanceOfSatisfying(
            RelayException.class,
            refused -> assertThat(refused.reason()).contains("PAYMENT_DECLINED"))
        .hasMessageContaining("insufficient_funds");
    awaitStock("shelf", 1, 0);
    assertThat(cart("cat").at("/status").stringValue()).isEqualTo("open");

    assertThat(checkOut("cat", "pm_card_visa").at("/status").stringValue()).isEqualTo("confirmed");
    awaitStock("shelf", 0, 0);
  }

  @Test
  void a_payment_that_takes_its_time_goes_on_when_the_provider_tells() {
    stock("stool", 1);
    fill("dan", "stool", 1);
    CompletableFuture<Reply> checkout = start("dan", "pm_sandbox_pending");

    String order = await().atMost(30, SECONDS).until(() -> lockedFor("dan"), id -> !id.isEmpty());
    JsonNode pending =
        await()
            .atMost(30, SECONDS)
            .until(() -> paymentOf(order), Optional::isPresent)
            .orElseThrow();
    relay.tell(
        "payment",
        "PAYMENT_WEBHOOK",
        Map.of(
            "orderId",
            order,
            "userId",
            "dan",
            "transactionId",
            pending.at("/attempts/0/transactionId").stringValue(),
            "outcome",
            "captured",
            "amount",
            new BigDecimal("29.99"),
            "currency",
            "EUR"));

    assertThat(data(checkout.join()).at("/status").stringValue()).isEqualTo("confirmed");
    awaitStock("stool", 0, 0);
  }

  @Test
  void five_hundred_checkouts_at_once_sell_a_hundred_pieces_and_not_one_more() {
    stock("lamp", 100);
    List<String> users = IntStream.range(0, 500).mapToObj(i -> "shopper" + i).toList();
    users.forEach(user -> fill(user, "lamp", 1));

    List<CompletableFuture<String>> checkouts =
        users.stream()
            .map(user -> start(user, "pm_card_visa").handle(CheckoutIT::outcome))
            .toList();
    List<String> outcomes = checkouts.stream().map(CompletableFuture::join).toList();

    assertThat(outcomes).filteredOn("confirmed"::equals).hasSize(100);
    assertThat(outcomes).filteredOn("OUT_OF_STOCK"::equals).hasSize(400);
    awaitStock("lamp", 0, 0);
  }

  private static String outcome(Reply reply, Throwable failure) {
    if (failure == null) {
      return data(reply).at("/status").stringValue();
    }
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof RelayException refused && refused.reason().isPresent()
        ? refused.reason().get()
        : String.valueOf(cause);
  }

  private static void stock(String product, int pieces) {
    relay.tell("inventory", "UPDATE_STOCK", Map.of("productId", product, "stock", pieces));
    awaitStock(product, pieces, 0);
  }

  private static void awaitStock(String product, int stock, int reserved) {
    await()
        .atMost(30, SECONDS)
        .untilAsserted(
            () -> {
              JsonNode known = ask("inventory", "GET_PRODUCT_STOCK", Map.of("productId", product));
              assertThat(known.at("/stock").intValue()).isEqualTo(stock);
              assertThat(known.at("/reserved").intValue()).isEqualTo(reserved);
            });
  }

  private static void fill(String user, String product, int quantity) {
    ask(
        "cart",
        "ADD_TO_CART",
        Map.of(
            "userId", user,
            "productId", product,
            "name", "A " + product,
            "quantity", quantity,
            "price", new BigDecimal("29.99")));
  }

  private static JsonNode checkOut(String user, String method) {
    try {
      return data(start(user, method).join());
    } catch (CompletionException failure) {
      throw failure.getCause() instanceof RelayException known ? known : failure;
    }
  }

  private static CompletableFuture<Reply> start(String user, String method) {
    Map<String, Object> payload = new HashMap<>();
    payload.put("userId", user);
    payload.put("method", method);
    return relay.askAsync("flow-checkout", "START_CHECKOUT", payload);
  }

  private static String lockedFor(String user) {
    JsonNode order = cart(user).at("/orderId");
    return order.isMissingNode() ? "" : order.stringValue();
  }

  private static Optional<JsonNode> paymentOf(String order) {
    try {
      return Optional.of(payment(order));
    } catch (RelayException notYet) {
      return Optional.empty();
    }
  }

  private static JsonNode payment(String order) {
    return ask("payment", "GET_ORDER_PAYMENT", Map.of("orderId", order));
  }

  private static JsonNode order(String order) {
    return ask("order", "GET_ORDER", Map.of("orderId", order));
  }

  private static JsonNode cart(String user) {
    return ask("cart", "GET_CART", Map.of("userId", user));
  }

  private static JsonNode ask(String actor, String event, Map<String, Object> payload) {
    return data(relay.ask(actor, event, payload));
  }

  private static JsonNode data(Reply reply) {
    JsonNode data = reply.data();
    assertThat(data).isNotNull();
    return data;
  }
}
