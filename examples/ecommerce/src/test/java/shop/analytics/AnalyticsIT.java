package shop.analytics;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.relay.Relay;
import dev.relay.Reply;
import dev.relay.embedded.EmbeddedPostgres;
import dev.relay.message.Json;
import dev.relay.node.SendRequest;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import shop.payment.Payments;
import tools.jackson.databind.JsonNode;

/**
 * What has to be true of the numbers, whatever happens. Each test has a shop of its own; those who
 * ask say two days, as midnight may pass meanwhile.
 */
class AnalyticsIT {
  private EmbeddedPostgres postgres;
  private final List<Relay> nodes = new ArrayList<>();

  @BeforeEach
  void open() {
    postgres = EmbeddedPostgres.temporary();
  }

  @AfterEach
  void close() {
    nodes.forEach(Relay::close);
    postgres.close();
  }

  @Test
  void each_event_counts_once_though_it_is_sent_twice_and_connections_break() throws Exception {
    Relay one = node("analytics");
    Relay two = node("analytics");
    List<CompletableFuture<?>> sent = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      sent.add(again(one, "SHIPMENT_CREATED", parcel(i), "shipment-" + i));
      sent.add(again(two, "SHIPMENT_CREATED", parcel(i), "shipment-" + i));
      if (i % 150 == 75) {
        cutAllConnections();
      }
    }
    sent.forEach(CompletableFuture::join);

    awaitCount(one, "SHIPMENT_CREATED", 600);
    // whatever was doubled would have come before what is sent now
    IntStream.range(0, 600)
        .mapToObj(i -> again(one, "SHIPMENT_DELAYED", parcel(i), "delay-" + i))
        .toList()
        .forEach(CompletableFuture::join);
    awaitCount(two, "SHIPMENT_DELAYED", 600);
    assertThat(count(two, "SHIPMENT_CREATED")).isEqualTo(600);
  }

  @Test
  void a_node_that_leaves_in_the_middle_leaves_nothing_uncounted() {
    Relay staying = node("analytics");
    Relay leaving = node("analytics");
    List<CompletableFuture<?>> sent =
        IntStream.range(0, 1000)
            .<CompletableFuture<?>>mapToObj(
                i -> staying.publishAsync("SHIPMENT_CREATED", parcel(i)))
            .toList();
    leaving.close();
    nodes.remove(leaving);
    sent.forEach(CompletableFuture::join);

    awaitCount(staying, "SHIPMENT_CREATED", 1000);
  }

  @Test
  void revenue_is_what_payment_itself_has_taken() {
    Relay relay = node("analytics", "payment", "order");
    List<CompletableFuture<Reply>> payments = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      payments.add(relay.askAsync("payment", "PROCESS_PAYMENT", payment(i)));
      payments.add(relay.askAsync("payment", "PROCESS_PAYMENT", payment(i)));
    }
    payments.forEach(CompletableFuture::join);
    for (int i = 0; i < 120; i += 4) {
      relay.ask("payment", "REFUND_PAYMENT", Map.of("orderId", "o" + i));
    }

    awaitCount(relay, "PAYMENT_REFUNDED", 24);
    awaitCount(relay, "PAYMENT_PROCESSED", 96);
    JsonNode metrics = metrics(relay);
    for (String currency : List.of("EUR", "USD")) {
      assertThat(metrics.at("/revenue/" + currency).decimalValue())
          .isEqualByComparingTo(ofPayment(relay, "revenue", currency));
      assertThat(metrics.at("/refunds/" + currency).decimalValue())
          .isEqualByComparingTo(ofPayment(relay, "refunds", currency));
    }
  }

  @Test
  void damaged_numbers_are_rebuilt_from_the_journal_while_more_are_counted() throws Exception {
    Relay relay = node("analytics");
    IntStream.range(0, 3000)
        .mapToObj(i -> relay.publishAsync("PAYMENT_PROCESSED", paid(i)))
        .toList()
        .forEach(CompletableFuture::join);
    awaitCount(relay, "PAYMENT_PROCESSED", 3000);
    nodes.remove(relay);
    relay.close(); // its cache knows the right numbers
    damageAllNumbers();
    Relay next = node("analytics");
    assertThat(count(next, "PAYMENT_PROCESSED")).isNotEqualTo(3000);

    List<CompletableFuture<?>> more =
        IntStream.range(3000, 4000)
            .<CompletableFuture<?>>mapToObj(i -> next.publishAsync("PAYMENT_PROCESSED", paid(i)))
            .toList();
    for (String day : days(next)) {
      JsonNode rebuilt = ask(next, "REBUILD_METRICS", Map.of("day", day));
      assertThat(rebuilt.at("/changed").intValue()).isPositive();
    }
    more.forEach(CompletableFuture::join);

    awaitCount(next, "PAYMENT_PROCESSED", 4000);
    assertThat(metrics(next).at("/revenue/EUR").decimalValue()).isEqualByComparingTo("40400.00");
    for (String day : days(next)) {
      JsonNode again = ask(next, "REBUILD_METRICS", Map.of("day", day));
      assertThat(again.at("/changed").intValue()).isZero();
    }
  }

  @Test
  void the_funnel_says_how_many_came_how_far() {
    Relay relay = node("analytics");
    for (int i = 0; i < 8; i++) {
      relay.publish("ITEM_ADDED_TO_CART", item(i));
    }
    for (int i = 0; i < 4; i++) {
      relay.publish("PAYMENT_PROCESSED", paid(i));
    }
    relay.publish("ORDER_SHIPPED", parcel(0));
    awaitCount(relay, "ITEM_ADDED_TO_CART", 8);
    awaitCount(relay, "PAYMENT_PROCESSED", 4);
    awaitCount(relay, "ORDER_SHIPPED", 1);

    JsonNode steps = ask(relay, "GET_FUNNEL", Map.of("days", 2)).get("steps");

    assertThat(steps.at("/0"))
        .hasToString(
            """
            {"event":"ITEM_ADDED_TO_CART","count":8,"rate":1.0000,"overall":1.0000}""");
    assertThat(steps.at("/3"))
        .hasToString("{\"event\":\"PAYMENT_PROCESSED\",\"count\":4,\"overall\":0.5000}");
    assertThat(steps.at("/4"))
        .hasToString(
            """
            {"event":"ORDER_SHIPPED","count":1,"rate":0.2500,"overall":0.1250}""");
  }

  @Test
  void a_metric_is_spread_over_parts_and_asked_for_by_name() {
    Relay relay = node("analytics");
    for (int i = 0; i < 60; i++) {
      relay.publish("SHIPMENT_CREATED", parcel(i));
    }
    relay.publish("PAYMENT_PROCESSED", paid(1));
    awaitCount(relay, "SHIPMENT_CREATED", 60);
    awaitCount(relay, "PAYMENT_PROCESSED", 1);

    JsonNode shipping =
        ask(relay, "GET_METRICS", Map.of("metric", "shipping", "days", 2)).get("numbers");

    assertThat(shipping.get("counts")).hasToString("{\"SHIPMENT_CREATED\":60}");
    assertThat(relay.instances("analytics", "shipping/", 100))
        .filteredOn(part -> part.address().key().startsWith("shipping/"))
        .hasSizeGreaterThan(4);
  }

  private Relay node(String... hosted) {
    Relay relay =
        Relay.builder()
            .postgres(postgres.jdbcUrl(), postgres.user(), postgres.password())
            .postgresTransport(true)
            .actors(Path.of("actors"))
            .actor(Payments.inSandbox(Path.of("target", "outbox")))
            .host(hosted)
            .start();
    nodes.add(relay);
    return relay;
  }

  /** As a careful client does: again under the same id until there is an answer. */
  private static CompletableFuture<?> again(
      Relay relay, String event, Object payload, String requestId) {
    SendRequest request =
        SendRequest.publish(event, Json.mapper().valueToTree(payload)).withRequestId(requestId);
    return CompletableFuture.runAsync(
        () ->
            await()
                .atMost(60, SECONDS)
                .ignoreExceptionsInstanceOf(CompletionException.class)
                .until(() -> relay.send(request).join() != null));
  }

  private void cutAllConnections() throws SQLException {
    sql(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
            + " AND backend_type = 'client backend'");
  }

  private void damageAllNumbers() throws SQLException {
    sql(
        "UPDATE relay.actor_state SET state = jsonb_set(state, '{numbers,counts}',"
            + " '{\"PAYMENT_PROCESSED\": 7}') WHERE actor = 'analytics'");
  }

  private void sql(String statement) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
        Statement any = connection.createStatement()) {
      any.execute(statement);
    }
  }

  private static List<String> days(Relay relay) {
    return relay.instances("analytics", "payments/", 100).stream()
        .map(part -> part.address().key().split("/", -1))
        .filter(names -> names[0].equals("payments"))
        .map(names -> names[1])
        .distinct()
        .toList();
  }

  private static void awaitCount(Relay relay, String event, int expected) {
    await()
        .atMost(60, SECONDS)
        .untilAsserted(() -> assertThat(count(relay, event)).isEqualTo(expected));
  }

  private static int count(Relay relay, String event) {
    return metrics(relay).at("/numbers/counts/" + event).asInt(0);
  }

  private static JsonNode metrics(Relay relay) {
    return ask(relay, "GET_METRICS", Map.of("days", 2));
  }

  private static JsonNode ask(Relay relay, String query, Object payload) {
    return Objects.requireNonNull(relay.ask("analytics", query, payload).data());
  }

  private static BigDecimal ofPayment(Relay relay, String metric, String currency) {
    return relay.businessMetrics().stream()
        .filter(sample -> sample.actor().equals("payment") && sample.metric().equals(metric))
        .filter(sample -> currency.equals(sample.labels().get("currency")))
        .findFirst()
        .orElseThrow()
        .value();
  }

  /** Every fifth is declined. */
  private static Map<String, Object> payment(int i) {
    return Map.of(
        "orderId",
        "o" + i,
        "userId",
        "u" + i,
        "amount",
        new BigDecimal("0.10").add(BigDecimal.valueOf(i * 37, 2)),
        "currency",
        i % 3 == 0 ? "USD" : "EUR",
        "method",
        i % 5 == 1 ? "pm_card_chargeDeclined" : "pm_card_visa");
  }

  private static Map<String, Object> paid(int i) {
    return Map.of(
        "orderId", "o" + i,
        "userId", "u" + i,
        "transactionId", "t" + i,
        "amount", new BigDecimal("10.10"),
        "currency", "EUR");
  }

  private static Map<String, Object> parcel(int i) {
    return Map.of("shipmentId", "o" + i, "orderId", "o" + i, "userId", "u" + i);
  }

  private static Map<String, Object> item(int i) {
    return Map.of(
        "userId",
        "u" + i,
        "productId",
        "p1",
        "name",
        "P",
        "quantity",
        1,
        "price",
        new BigDecimal("1.00"),
        "currency",
        "EUR");
  }
}
