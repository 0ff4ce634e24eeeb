package shop;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.relay.failure.RelayException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Orders that are cancelled: nothing is left of them but paper. */
class CancellationIT {
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
  void a_paid_order_is_taken_back_with_its_parcel_stock_money_and_invoice() {
    shop.address("ann", "ann@example.com", false);
    String order = shop.buy("ann", "sofa", 2);

    JsonNode outcome = cancel(order);

    assertThat(outcome.at("/status").stringValue()).isEqualTo("cancelled");
    assertThat(outcome.at("/refunded").decimalValue()).isEqualByComparingTo("59.98");
    assertThat(shop.order(order).at("/status").stringValue()).isEqualTo("cancelled");
    assertThat(shop.parcel(order).at("/status").stringValue()).isEqualTo("cancelled");
    assertThat(shop.payment(order).at("/refunds")).hasSize(1);
    shop.awaitStock("sofa", 2, 0);
    assertThat(takenBack("ann", order)).isEqualByComparingTo("59.98");
    await().atMost(60, SECONDS).until(() -> shop.hasHeardAll("notification", "ann"));
    assertThat(shop.mails("ann", "order_cancelled")).containsExactly("sent");
    shop.awaitRun("order_fulfillment", order, "cancelled");
  }

  @Test
  void ten_who_cancel_one_order_at_once_cancel_it_once() {
    String order = shop.buy("bob", "table", 3);

    List<CompletableFuture<?>> all =
        IntStream.range(0, 10)
            .<CompletableFuture<?>>mapToObj(
                i -> shop.relay().askAsync("flow-cancellation", "START_CANCELLATION", of(order)))
            .toList();
    all.forEach(CompletableFuture::join);

    assertThat(cancel(order).at("/refunded").decimalValue()).isEqualByComparingTo("89.97");
    assertThat(shop.payment(order).at("/refunds")).hasSize(1);
    shop.awaitStock("table", 3, 0);
    assertThat(takenBack("bob", order)).isEqualByComparingTo("89.97");
  }

  @Test
  void what_has_been_shipped_is_refused_and_a_return_is_offered() {
    String order = shop.buy("cat", "shelf", 1);
    shop.dispatch(order);

    RelayException refused = Shop.refusal(() -> cancel(order));

    assertThat(refused.reason()).contains("ALREADY_SHIPPED");
    assertThat(refused).hasMessageContaining("REQUEST_RETURN");
    shop.awaitOrder(order, "shipped");
    assertThat(shop.payment(order).at("/refunds")).isEmpty();
    assertThat(shop.parcel(order).at("/status").stringValue()).isEqualTo("dispatched");
    assertThat(shop.papers("cat", order).at("/creditNotes")).isEmpty();
    shop.awaitStock("shelf", 0, 0);
  }

  @Test
  void an_order_without_a_payment_is_cancelled_and_never_paid() {
    shop.stock("stool", 1);
    Map<String, Object> line =
        Map.of("productId", "stool", "name", "A stool", "quantity", 1, "price", 5);
    shop.ask(
        "order",
        "CREATE_ORDER",
        Map.of("orderId", "o-dan", "userId", "dan", "currency", "EUR", "lines", List.of(line)));
    shop.ask(
        "inventory",
        "RESERVE_STOCK",
        Map.of("productId", "stool", "orderId", "o-dan", "userId", "dan", "quantity", 1));

    JsonNode outcome = cancel("o-dan");

    assertThat(outcome.at("/refunded").decimalValue()).isEqualByComparingTo("0");
    shop.awaitStock("stool", 1, 0);
    assertThat(shop.payment("o-dan").at("/status").stringValue()).isEqualTo("voided");
  }

  @Test
  void a_refused_order_may_be_cancelled_later_and_an_unknown_one_never() {
    assertThat(Shop.refusal(() -> cancel("nobody's")).reason()).contains("UNKNOWN_ORDER");
    assertThat(Shop.refusal(() -> cancel("nobody's")).reason()).contains("UNKNOWN_ORDER");
  }

  private static BigDecimal takenBack(String user, String order) {
    JsonNode papers =
        await()
            .atMost(60, SECONDS)
            .until(() -> shop.papers(user, order), known -> !known.at("/creditNotes").isEmpty());
    assertThat(papers.at("/creditNotes")).hasSize(1);
    return papers.at("/creditNotes/0/total").decimalValue();
  }

  private static JsonNode cancel(String order) {
    return shop.ask("flow-cancellation", "START_CANCELLATION", of(order));
  }

  private static Map<String, Object> of(String order) {
    return Map.of("orderId", order);
  }
}
