package dev.relay.find;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.relay.Relay;
import dev.relay.actor.Handles;
import dev.relay.actor.RelayActor;
import dev.relay.actor.Turn;
import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import dev.relay.node.Instances.Page;
import dev.relay.node.Instances.Question;
import dev.relay.postgres.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Instances found by what they remember, on a real Postgres. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FindIT {
  private static final String ORDER =
      """
      actor:
        name: order
        key: orderId
        state:
          userId: string
          status: [pending, shipped, cancelled]
          total: money
          createdAt: timestamp
          paid?: boolean
        indexes:
          by_user: [userId, createdAt desc]
          by_status: [status, total desc, createdAt]
          by_time: createdAt
        handles:
          PUT_ORDER:
            payload:
              orderId: string
              userId: string
              status: string
              total: money
              createdAt: timestamp
            do: { state: '$sift($payload, function($v, $k) { $k != "orderId" })' }
        queries:
          GET_USER_ORDERS:
            payload: { userId: string, status?: string }
            find: { where: userId = $payload.userId and status = $payload.status?, limit: 2 }
            returns: { orderId: string, total: money }
            do: { reply: '{ "orderId": $key, "total": total }' }
          GET_DEAR_ORDERS:
            payload: { atLeast: money }
            find: { where: status = "pending" and total >= $payload.atLeast, order: total }
            returns: string
            do: { reply: $key }
      """;

  private static final String INVENTORY =
      """
      actor:
        name: inventory
        key: productId
        class: %s
        state: { stock: integer, reserved?: integer, threshold: integer }
        indexes:
          low: ['stock - (reserved ?? 0) < threshold', stock]
        handles:
          PUT_STOCK:
            payload: { productId: string, stock: integer, reserved?: integer, threshold: integer }
        queries:
          GET_LOW_STOCK_PRODUCTS:
            find: stock - (reserved ?? 0) < threshold
            returns: { productId: string, available: integer }
      """
          .formatted(Inventory.class.getName());

  @TempDir private Path folder;
  private final TestDatabase database = TestDatabase.create();
  private Relay relay;

  /** The handler of a query that finds is run for each instance. */
  static final class Inventory extends RelayActor<Inventory.Stock> {
    record Stock(int stock, Integer reserved, int threshold) {}

    record Low(String productId, int available) {}

    @Handles("PUT_STOCK")
    Stock put(Stock stock, Turn<Stock> turn) {
      return turn.become(stock);
    }

    @Handles("GET_LOW_STOCK_PRODUCTS")
    Low low(Turn<Stock> turn) {
      Stock stock = turn.state().orElseThrow();
      int reserved = stock.reserved() == null ? 0 : stock.reserved();
      return new Low(turn.self().key(), stock.stock() - reserved);
    }
  }

  @BeforeEach
  void start() throws IOException {
    relay = start(ORDER, INVENTORY);
  }

  private Relay start(String... definitions) throws IOException {
    Path actors = Files.createTempDirectory(folder, "actors");
    List<Path> files = new ArrayList<>();
    for (String definition : definitions) {
      files.add(Files.writeString(actors.resolve(files.size() + ".yaml"), definition));
    }
    return Relay.builder()
        .postgres(database.jdbcUrl(), database.user(), database.password())
        .actors(files.toArray(Path[]::new))
        .start();
  }

  @AfterEach
  void stop() {
    relay.close();
    database.close();
  }

  private void put(String id, String user, String status, double total, int second) {
    relay.ask(
        "order",
        "PUT_ORDER",
        Map.of(
            "orderId", id,
            "userId", user,
            "status", status,
            "total", total,
            "createdAt", "2026-05-02T10:00:%02d.5Z".formatted(second)));
  }

  private static List<String> ids(JsonNode page) {
    List<String> ids = new ArrayList<>();
    page.path("items").forEach(item -> ids.add(item.path("orderId").asString(item.asString(""))));
    return ids;
  }

  @Test
  void a_users_orders_come_newest_first_page_by_page() {
    for (int i = 0; i < 5; i++) {
      put("o" + i, "u1", i % 2 == 0 ? "pending" : "shipped", 10 + i, i);
    }
    put("other", "u2", "pending", 1, 30);

    JsonNode first =
        relay.ask("order", "GET_USER_ORDERS", Map.of("userId", "u1")).as(JsonNode.class);
    assertThat(ids(first)).containsExactly("o4", "o3");
    assertThat(first.path("items").path(0)).hasToString("{\"orderId\":\"o4\",\"total\":14}");

    Map<String, Object> more = Map.of("userId", "u1", "after", first.path("next").asString());
    JsonNode second = relay.ask("order", "GET_USER_ORDERS", more).as(JsonNode.class);
    assertThat(ids(second)).containsExactly("o2", "o1");

    put("o9", "u1", "pending", 3, 50);
    more = Map.of("userId", "u1", "limit", 9, "after", second.path("next").asString());
    JsonNode last = relay.ask("order", "GET_USER_ORDERS", more).as(JsonNode.class);
    assertThat(ids(last)).containsExactly("o0");
    assertThat(last.has("next")).isFalse();
  }

  @Test
  void an_optional_condition_applies_where_it_is_given() {
    put("o1", "u1", "pending", 10, 1);
    put("o2", "u1", "shipped", 10, 2);

    Map<String, Object> shipped = Map.of("userId", "u1", "status", "shipped");
    assertThat(ids(relay.ask("order", "GET_USER_ORDERS", shipped).as(JsonNode.class)))
        .containsExactly("o2");
  }

  @Test
  void a_range_is_walked_in_the_order_that_is_wanted() {
    put("o1", "u1", "pending", 30, 1);
    put("o2", "u1", "pending", 10, 2);
    put("o3", "u2", "pending", 20, 3);
    put("o4", "u2", "shipped", 40, 4);

    JsonNode dear = relay.ask("order", "GET_DEAR_ORDERS", Map.of("atLeast", 20)).as(JsonNode.class);
    assertThat(ids(dear)).containsExactly("o3", "o1");
  }

  @Test
  void a_handler_in_java_is_run_for_each_and_what_is_found_is_always_the_last_commit() {
    for (int i = 0; i < 30; i++) {
      String product = "p" + i % 3;
      relay.ask(
          "inventory",
          "PUT_STOCK",
          Map.of(
              "productId", product, "stock", i, "reserved", 1, "threshold", i % 3 == 1 ? 9 : 99));
    }

    JsonNode low = relay.ask("inventory", "GET_LOW_STOCK_PRODUCTS", Map.of()).as(JsonNode.class);
    assertThat(low.path("items"))
        .hasToString(
            "[{\"productId\":\"p0\",\"available\":26},{\"productId\":\"p2\",\"available\":28}]");

    relay.ask("inventory", "PUT_STOCK", Map.of("productId", "p0", "stock", 200, "threshold", 99));
    low = relay.ask("inventory", "GET_LOW_STOCK_PRODUCTS", Map.of()).as(JsonNode.class);
    assertThat(low.path("items")).hasToString("[{\"productId\":\"p2\",\"available\":28}]");
  }

  @Test
  void people_ask_in_their_own_words_and_pages_in_mixed_directions_miss_nobody() {
    for (int i = 0; i < 23; i++) {
      put("o%02d".formatted(i), "u", "shipped", i % 4, i % 7);
    }
    put("o99", "u", "pending", 3, 1);

    List<String> keys = new ArrayList<>();
    String after = null;
    do {
      Page page = relay.find(new Question("order", "status = shipped", "", 5, after));
      page.items().forEach(each -> keys.add(each.instance().address().key()));
      after = page.next();
    } while (after != null);

    List<String> expected = new ArrayList<>();
    database
        .strings(
            "SELECT key FROM relay.actor_state WHERE state ->> 'status' = 'shipped' ORDER BY"
                + " (state -> 'total')::numeric DESC, state ->> 'createdAt', key")
        .forEach(expected::add);
    assertThat(keys).containsExactlyElementsOf(expected).hasSize(23);
  }

  @Test
  void what_is_not_indexed_is_refused_with_what_is() {
    refused(
        "staus = shipped",
        "",
        "staus isn't indexed; order indexes status, total, createdAt, userId");
    refused("status = shiped", "", "status is pending or shipped or cancelled, never shiped");
    refused(
        "total > 5", "", "no index of order begins with total > …; declared: by_status: [status");
    refused("status = shipped", "userId", "no index of order begins with");
    refused("status like shipped", "", "expected a comparison such as status = …, found like");
    assertThatThrownBy(
            () -> relay.find(new Question("order", "status = shipped", "", 5, "bm90aGluZw")))
        .hasMessageContaining("the cursor belongs to another question");
  }

  private void refused(String where, String order, String message) {
    assertThatThrownBy(() -> relay.find(new Question("order", where, order, 5, null)))
        .isInstanceOfSatisfying(
            RelayException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.NOT_INDEXED))
        .hasMessageContaining(message);
  }

  @Test
  void an_index_that_is_declared_later_gets_the_instances_there_are_and_one_withdrawn_goes()
      throws IOException {
    put("o1", "u1", "pending", 1.5, 1);
    put("o2", "u1", "pending", 2.5, 2);
    relay.close();
    database.sql(
        "INSERT INTO relay.actor_state SELECT actor, key || n, 1, jsonb_set(state, '{total}',"
            + " to_jsonb(n)), now() FROM relay.actor_state, generate_series(1, 1500) AS n WHERE"
            + " actor = 'order'");

    relay = start(ORDER.replace("by_time: createdAt", "dear: total desc"), INVENTORY);
    await()
        .atMost(Duration.ofSeconds(60))
        .ignoreException(RelayException.class)
        .untilAsserted(
            () -> {
              Page page = relay.find(new Question("order", "total >= 1500", "", 9, null));
              assertThat(page.items()).hasSize(2);
            });
    relay.close();

    relay = start(ORDER.lines().filter(line -> !line.matches(" +(indexes|by_).*")).toList());
    assertThat(database.strings("SELECT actor FROM relay.indexes")).containsExactly("inventory");
  }

  private Relay start(List<String> lines) throws IOException {
    String text = String.join("\n", lines);
    return start(text.substring(0, text.indexOf("  queries:")));
  }

  @Test
  void on_many_rows_an_index_is_walked_and_nothing_sorted() {
    put("o0", "u1", "pending", 1, 1);
    database.sql(
        "INSERT INTO relay.actor_state SELECT 'order', 'k' || n, 1, jsonb_build_object('userId',"
            + " 'u' || n % 20, 'status', 'shipped', 'total', n, 'createdAt', now() - n *"
            + " interval '1 minute'), now() FROM generate_series(1, 20000) AS n",
        "ANALYZE relay.actor_state");
    String table =
        "relay.index_"
            + database.strings("SELECT number FROM relay.indexes WHERE actor = 'order'").get(0);
    database.sql("ANALYZE " + table);

    FindPlan plan =
        new FindQuery(
                orders(), FindText.conditions("userId = \"u7\"", orders(), false), List.of(), 20)
            .plan(tools.jackson.databind.node.MissingNode.getInstance(), java.time.Instant.now());
    String explained = String.join("\n", database.explain(plan));

    assertThat(explained).contains("Index Scan using index_").doesNotContain("Seq Scan", "Sort");
    assertThat(relay.find(new Question("order", "userId = u7", "", 20, null)).items()).hasSize(20);
  }

  private static Indexes orders() {
    return new dev.relay.definition.ActorDefinitionReader().read("order", ORDER).indexes();
  }
}
