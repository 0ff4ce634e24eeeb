package shop;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.relay.Relay;
import dev.relay.RelayBuilder;
import dev.relay.message.Json;
import dev.relay.server.RelayServer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * What the shop says of its business, at {@code /api/metrics} and {@code /metrics}, against what
 * was done, over HTTP at two nodes.
 */
class BusinessFiguresIT {
  private static final String[] CURRENCIES = {"EUR", "USD", "GBP"};

  /** What becomes of a purchase. */
  private enum Course {
    PAID("pm_card_visa"),
    CANCELLED("pm_card_visa"),
    DECLINED("pm_card_chargeDeclined"),
    TOO_POOR("pm_card_chargeDeclinedInsufficientFunds"),
    OUT_OF_STOCK("pm_card_visa");

    private final String method;

    Course(String method) {
      this.method = method;
    }
  }

  /**
   * Somebody's purchase.
   *
   * @param number from 0 on; the first and others of its kind have products and prices of their own
   */
  private record Purchase(int number) {
    Course course() {
      return Course.values()[number % Course.values().length];
    }

    String user() {
      return "shopper" + number;
    }

    String product() {
      return course() == Course.OUT_OF_STOCK ? "sold-out" : "lamp";
    }

    int quantity() {
      return 1 + number % 3;
    }

    String currency() {
      return CURRENCIES[number / Course.values().length % CURRENCIES.length];
    }

    BigDecimal price() {
      return new BigDecimal("9.99").add(BigDecimal.valueOf(number, 2));
    }

    BigDecimal total() {
      return price().multiply(BigDecimal.valueOf(quantity()));
    }
  }

  /** A node with what is seen of it from outside. */
  private record Seen(Relay relay, RelayServer server) implements AutoCloseable {
    static Seen of(RelayBuilder node) {
      PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
      Relay relay = node.metrics(registry).postgresTransport(true).start();
      return new Seen(relay, RelayServer.builder().relay(relay).port(0).metrics(registry).start());
    }

    Door door() {
      return new Door(server.port());
    }

    @Override
    public void close() {
      server.close();
      relay.close();
    }
  }

  private Shop shop;
  private Seen one;
  private Seen two;

  @BeforeEach
  void open() {
    shop = new Shop(node -> node.postgresTransport(true).host("user"));
    one = Seen.of(node());
    two = Seen.of(node());
  }

  @AfterEach
  void close() {
    one.close();
    two.close();
    shop.close();
  }

  @Test
  void figures_are_what_was_done_on_every_node_and_after_a_restart() throws Exception {
    List<Purchase> purchases = IntStream.range(0, 60).mapToObj(Purchase::new).toList();
    stockUp(1000);

    List<CompletableFuture<Void>> going =
        purchases.stream()
            .map(purchase -> CompletableFuture.runAsync(() -> buy(purchase)))
            .toList();
    cutAllConnections();
    while (!going.stream().allMatch(CompletableFuture::isDone)) {
      CompletableFuture<?> looking = CompletableFuture.runAsync(() -> told(one));
      told(two); // who looks counts, and two of them at once count nothing twice
      looking.join();
    }
    going.forEach(CompletableFuture::join);

    Map<String, BigDecimal> done = figures(purchases);
    awaitFigures(one, done);
    awaitFigures(two, done);
    awaitScrape(one, done);
    awaitAnalytics(done);

    one.close();
    two.close();
    one = Seen.of(node());
    two = Seen.of(node());
    awaitFigures(one, done);
    awaitScrape(two, done);

    List<Purchase> more = IntStream.range(0, 65).mapToObj(Purchase::new).toList();
    more.subList(60, 65).forEach(this::buy);
    awaitFigures(two, figures(more));
    awaitFigures(one, figures(more));
  }

  private RelayBuilder node() {
    return shop.node()
        .postgres(shop.postgres().jdbcUrl(), shop.postgres().user(), shop.postgres().password());
  }

  private void stockUp(int pieces) {
    String stock = "{\"productId\":\"lamp\",\"stock\":%d}".formatted(pieces);
    send("stock", "inventory", "UPDATE_STOCK", stock);
    await()
        .atMost(60, SECONDS)
        .until(
            () ->
                look("inventory", "GET_PRODUCT_STOCK", "{\"productId\":\"lamp\"}")
                        .at("/data/stock")
                        .intValue()
                    == pieces);
  }

  /** Fills a cart, checks it out and, where it is to be, cancels the order. */
  private void buy(Purchase purchase) {
    String user = purchase.user();
    String item =
        """
        {"userId":"%s","productId":"%s","name":"Thing","quantity":%d,"price":%s,"currency":"%s"}
        """;
    send(
        "add-" + user,
        "cart",
        "ADD_TO_CART",
        item.formatted(
            user, purchase.product(), purchase.quantity(), purchase.price(), purchase.currency()));
    String checkOut = "{\"userId\":\"%s\",\"method\":\"%s\"}";
    JsonNode outcome =
        send(
            "buy-" + user,
            "flow-checkout",
            "START_CHECKOUT",
            checkOut.formatted(user, purchase.course().method));
    if (purchase.course() == Course.CANCELLED) {
      String order = "{\"orderId\":\"%s\"}".formatted(outcome.at("/data/orderId").asString());
      send("cancel-" + user, "flow-cancellation", "START_CANCELLATION", order);
    }
  }

  /**
   * As a careful client does: again under the same id until there is an answer, and once more than
   * that, at the other node.
   */
  private JsonNode send(String id, String actor, String event, String payload) {
    String path = "/api/actors/" + actor;
    String body = "{\"event_type\":\"%s\",\"payload\":%s}".formatted(event, payload);
    await().atMost(60, SECONDS).until(() -> one.door().post(path, body, id).status() < 500);
    return two.door().post(path, body, id).json();
  }

  private JsonNode look(String actor, String query, String payload) {
    String body = "{\"event_type\":\"%s\",\"payload\":%s}".formatted(query, payload);
    return one.door().post("/api/actors/" + actor, body).json();
  }

  private static String get(Seen node, String path) {
    try {
      return node.door().get(path).body();
    } catch (CompletionException lost) {
      return "";
    }
  }

  private void cutAllConnections() throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                shop.postgres().jdbcUrl(), shop.postgres().user(), shop.postgres().password());
        Statement any = connection.createStatement()) {
      any.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
              + " AND backend_type = 'client backend'");
    }
  }

  /** From the purchases alone. */
  private static Map<String, BigDecimal> figures(List<Purchase> purchases) {
    Map<String, BigDecimal> figures = new TreeMap<>();
    for (Purchase purchase : purchases) {
      String currency = "currency=" + purchase.currency();
      add(figures, "orders_created", "", BigDecimal.ONE);
      switch (purchase.course()) {
        case PAID, CANCELLED -> {
          add(figures, "orders_confirmed", "", BigDecimal.ONE);
          add(figures, "payments", "", BigDecimal.ONE);
          add(figures, "revenue", currency, purchase.total());
          add(figures, "invoiced", currency, purchase.total());
        }
        case DECLINED -> add(figures, "payments_failed", "reason=card_declined", BigDecimal.ONE);
        case TOO_POOR ->
            add(figures, "payments_failed", "reason=insufficient_funds", BigDecimal.ONE);
        case OUT_OF_STOCK -> add(figures, "out_of_stock", "", BigDecimal.ONE);
      }
      if (purchase.course() == Course.CANCELLED) {
        add(figures, "refunds", currency, purchase.total());
        add(figures, "credited", currency, purchase.total());
      }
      String ended =
          switch (purchase.course()) {
            case PAID -> "confirmed";
            case OUT_OF_STOCK -> "rejected";
            default -> "cancelled";
          };
      add(figures, "orders_now", "status=" + ended, BigDecimal.ONE);
      if (!ended.equals("confirmed")) {
        add(figures, "orders_cancelled", "status=" + ended, BigDecimal.ONE);
      }
    }
    return figures;
  }

  private static void add(
      Map<String, BigDecimal> figures, String metric, String label, BigDecimal value) {
    figures.merge(metric + "{" + label + "}", value, BigDecimal::add);
  }

  private static void awaitFigures(Seen node, Map<String, BigDecimal> expected) {
    await()
        .atMost(60, SECONDS)
        .untilAsserted(() -> assertThat(told(node)).containsExactlyInAnyOrderEntriesOf(expected));
  }

  private static Map<String, BigDecimal> told(Seen node) {
    Map<String, BigDecimal> told = new TreeMap<>();
    for (JsonNode sample : Json.mapper().readTree(get(node, "/api/metrics")).path("business")) {
      String label =
          sample.path("labels").properties().stream()
              .map(each -> each.getKey() + "=" + each.getValue().asString())
              .collect(Collectors.joining());
      add(told, sample.path("metric").asString(), label, sample.path("value").decimalValue());
    }
    return told;
  }

  /** What a Prometheus would read, which is ten seconds behind at most. */
  private static void awaitScrape(Seen node, Map<String, BigDecimal> expected) {
    await()
        .atMost(60, SECONDS)
        .untilAsserted(
            () -> {
              String scraped = get(node, "/metrics");
              for (String currency : CURRENCIES) {
                BigDecimal revenue = expected.get("revenue{currency=" + currency + "}");
                assertThat(scraped)
                    .contains(
                        "business_payment_revenue{actor=\"payment\",currency=\"%s\"} %s"
                            .formatted(currency, text(revenue)));
              }
              assertThat(scraped)
                  .contains(
                      "business_order_orders_confirmed{actor=\"order\"} "
                          + text(expected.get("orders_confirmed{}")));
            });
  }

  private static String text(BigDecimal value) {
    return String.format(Locale.ROOT, "%s", value.doubleValue());
  }

  /** The actor that counts for itself comes to the same. */
  private void awaitAnalytics(Map<String, BigDecimal> expected) {
    await()
        .atMost(60, SECONDS)
        .untilAsserted(
            () -> {
              JsonNode told = look("analytics", "GET_METRICS", "{\"days\":2}").path("data");
              for (String currency : CURRENCIES) {
                assertThat(told.at("/revenue/" + currency).decimalValue())
                    .isEqualByComparingTo(expected.get("revenue{currency=" + currency + "}"));
                assertThat(told.at("/refunds/" + currency).decimalValue())
                    .isEqualByComparingTo(expected.get("refunds{currency=" + currency + "}"));
              }
              assertThat(told.at("/numbers/counts/ORDER_CREATED").decimalValue())
                  .isEqualByComparingTo(expected.get("orders_created{}"));
            });
  }
}
