package dev.relay.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.relay.catalog.ActorEntry;
import dev.relay.catalog.Catalog;
import dev.relay.catalog.CatalogChange;
import dev.relay.catalog.CatalogChanges;
import dev.relay.catalog.CatalogDraft;
import dev.relay.catalog.CatalogEvent;
import dev.relay.catalog.CatalogStore;
import dev.relay.catalog.Consumer;
import dev.relay.catalog.EventDefinition;
import dev.relay.catalog.EventDraft;
import dev.relay.catalog.EventKind;
import dev.relay.catalog.Pattern;
import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import dev.relay.message.Json;
import dev.relay.schema.Violation;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PostgresCatalogStoreTest {
  private static TestDatabase database;
  private static CatalogStore store;

  @BeforeAll
  static void create() {
    database = TestDatabase.create();
    store = new PostgresCatalogStore(database.dataSource());
  }

  @AfterAll
  static void drop() {
    database.close();
  }

  @BeforeEach
  void empty_tables() {
    database.sql(
        "TRUNCATE event_definitions, actor_definitions, system_flows CASCADE",
        "TRUNCATE relay.catalog_declarations");
  }

  @Nested
  class Applying {
    @Test
    void writes_events_consumers_and_actors_and_says_so() {
      CatalogChanges changes = store.apply(shop());

      assertThat(changes.lines())
          .extracting(CatalogChange::text)
          .containsExactly(
              "cart: new, version 1.0.0",
              "inventory: new, version 1.0.0",
              "ADD_TO_CART: new command of cart",
              "ITEM_ADDED: new event of cart",
              "ADD_TO_CART -> cart: new, by ask",
              "ITEM_ADDED -> inventory: new, by tell");
      CatalogEvent added = store.load().event("ADD_TO_CART").orElseThrow();
      assertThat(added.definition().kind()).isEqualTo(EventKind.COMMAND);
      assertThat(added.definition().consumers()).containsExactly(by("cart", Pattern.ASK));
      assertThat(added.payload().check(json("{'quantity': 2.5}")).violations())
          .extracting(Violation::pointer)
          .containsExactly("/quantity");
      assertThat(store.load().actor("cart").orElseThrow().keyField()).isEqualTo("userId");
    }

    @Test
    void again_changes_nothing_and_leaves_the_version_alone() {
      store.apply(shop());
      long version = store.version();

      CatalogChanges changes = store.apply(shop());

      assertThat(changes.isEmpty()).isTrue();
      assertThat(changes.lines())
          .hasSize(6)
          .allSatisfy(line -> assertThat(line.action()).isEqualTo(CatalogChange.Action.UNCHANGED));
      assertThat(store.version()).isEqualTo(version);
    }

    @Test
    void is_one_version_however_much_changes() {
      long version = store.version();
      store.apply(shop());
      assertThat(store.version()).isEqualTo(version + 1);
      assertThat(store.load().version()).isEqualTo(version + 1);
    }

    @Test
    void a_number_that_is_written_otherwise_is_no_change() {
      store.apply(draft(List.of(cart()), command("A", "{'minimum': 1.0}", "cart")));
      CatalogChanges changes =
          store.apply(draft(List.of(cart()), command("A", "{'minimum': 1}", "cart")));
      assertThat(changes.isEmpty()).isTrue();
    }

    @Test
    void a_changed_schema_gets_the_next_minor_version_and_preview_says_the_same_before() {
      store.apply(draft(List.of(cart()), command("ADD", "{'type': 'object'}", "cart")));
      CatalogDraft changed = draft(List.of(cart()), command("ADD", "{'title': 'x'}", "cart"));

      CatalogChanges previewed = store.preview(changed);

      assertThat(definition("ADD").schemaVersion()).isEqualTo("1.0.0");
      assertThat(store.apply(changed)).isEqualTo(previewed);
      assertThat(text(previewed, "ADD"))
          .isEqualTo("ADD: payload schema changed; schema version 1.0.0 -> 1.1.0");
      assertThat(definition("ADD").schemaVersion()).isEqualTo("1.1.0");
      assertThat(store.apply(changed).isEmpty()).isTrue();
    }

    @Test
    void a_newer_version_that_the_draft_names_is_taken() {
      store.apply(draft(List.of(cart()), event("ADDED", "cart", "1.0.0", "{}")));
      store.apply(draft(List.of(cart()), event("ADDED", "cart", "2.0.0", "{'title': 'x'}")));
      assertThat(definition("ADDED").schemaVersion()).isEqualTo("2.0.0");
      store.apply(draft(List.of(cart()), event("ADDED", "cart", "1.0.0", "{'title': 'y'}")));
      assertThat(definition("ADDED").schemaVersion()).isEqualTo("2.1.0");
    }

    @Test
    void a_version_that_was_recorded_with_another_schema_is_a_conflict() {
      store.apply(draft(List.of(cart()), event("ADDED", "cart", "2.0.0", "{}")));
      database.sql(
          "UPDATE event_definitions SET schema_version = '1.0.0', payload_schema = 'true'");
      CatalogDraft other = draft(List.of(cart()), event("ADDED", "cart", "2.0.0", "false"));

      assertConflict(other, "schema version 2.0.0 of ADDED was recorded with another schema");
    }

    @Test
    void changed_settings_of_a_consumer_are_told() {
      store.apply(shop());
      Consumer slower = new Consumer("cart", Pattern.TELL, Duration.ofSeconds(9), "owner");

      CatalogChanges changes =
          store.apply(draft(List.of(cart()), declared("ADD_TO_CART", EventKind.COMMAND, slower)));

      assertThat(text(changes, "ADD_TO_CART -> cart"))
          .isEqualTo(
              "ADD_TO_CART -> cart: pattern ask -> tell; timeout 5000 ms -> 9000 ms;"
                  + " key field none -> owner");
      assertThat(definition("ADD_TO_CART").consumers()).containsExactly(slower);
    }
  }

  @Nested
  class Withdrawing {
    @Test
    void a_subscription_that_is_no_longer_declared_goes() {
      store.apply(shop());

      CatalogChanges changes = store.apply(new CatalogDraft(List.of(), List.of(inventory())));

      assertThat(text(changes, "ITEM_ADDED -> inventory"))
          .isEqualTo("ITEM_ADDED -> inventory: no longer declared");
      assertThat(definition("ITEM_ADDED").consumers()).isEmpty();
      assertThat(store.load().event("ADD_TO_CART").orElseThrow().consumer("cart")).isPresent();
    }

    @Test
    void a_consumer_that_somebody_typed_stays() {
      store.apply(shop());
      database.sql(
          "INSERT INTO event_consumers (event_id, consumer_actor, pattern)"
              + " SELECT id, 'audit', 'publish' FROM event_definitions",
          "INSERT INTO event_consumers (event_id, consumer_actor, pattern)"
              + " SELECT id, 'inventory', 'tell' FROM event_definitions"
              + " WHERE event_name = 'ADD_TO_CART'");

      assertThat(store.apply(shop()).isEmpty()).isTrue();
      store.apply(new CatalogDraft(List.of(), List.of(inventory())));

      assertThat(definition("ITEM_ADDED").consumers())
          .extracting(Consumer::actor)
          .containsExactly("audit");
      assertThat(definition("ADD_TO_CART").consumers())
          .extracting(Consumer::actor)
          .containsExactly("audit", "cart", "inventory");
    }

    @Test
    void an_event_is_deprecated_and_active_again_when_it_comes_back() {
      store.apply(shop());
      CatalogDraft less = draft(List.of(cart()), command("ADD_TO_CART", SCHEMA, "cart"));

      assertThat(text(store.apply(less), "ITEM_ADDED"))
          .isEqualTo("ITEM_ADDED: no longer declared by cart, now deprecated");
      assertThat(definition("ITEM_ADDED").consumers()).hasSize(1);
      assertThat(text(store.apply(shop()), "ITEM_ADDED"))
          .isEqualTo("ITEM_ADDED: status deprecated -> active");
    }

    @Test
    void a_status_that_somebody_typed_stays() {
      store.apply(shop());
      database.sql("UPDATE event_definitions SET status = 'deprecated'");
      assertThat(store.apply(shop()).isEmpty()).isTrue();
    }

    @Test
    void of_other_actors_nothing_is_withdrawn() {
      store.apply(shop());
      CatalogChanges changes =
          store.apply(new CatalogDraft(List.of(), List.of(actor("order", "orderId"))));
      assertThat(changes.lines()).hasSize(1);
      assertThat(store.load().events()).hasSize(2);
    }
  }

  @Nested
  class Waiting {
    private final CatalogDraft early =
        draft(
            List.of(inventory()),
            EventDraft.subscription("ORDER_CREATED", by("inventory", Pattern.TELL)));

    @Test
    void a_subscription_waits_for_an_event_that_another_draft_declares() {
      CatalogChanges changes = store.apply(early);
      assertThat(text(changes, "ORDER_CREATED -> inventory"))
          .isEqualTo("ORDER_CREATED -> inventory: waits: nobody has defined ORDER_CREATED yet");

      CatalogChanges later =
          store.apply(
              draft(
                  List.of(actor("order", "orderId")),
                  event("ORDER_CREATED", "order", "1.0.0", "{}")));

      assertThat(text(later, "ORDER_CREATED -> inventory"))
          .isEqualTo("ORDER_CREATED -> inventory: new, by tell");
      assertThat(definition("ORDER_CREATED").consumers())
          .containsExactly(by("inventory", Pattern.TELL));
      assertThat(store.apply(early).isEmpty()).isTrue();
    }

    @Test
    void a_subscription_that_is_withdrawn_while_it_waits_does_not_come_true() {
      store.apply(early);
      CatalogChanges changes =
          store.apply(
              draft(
                  List.of(inventory(), actor("order", "orderId")),
                  event("ORDER_CREATED", "order", "1.0.0", "{}")));
      assertThat(changes.lines(CatalogChange.Subject.CONSUMER, CatalogChange.Action.ADDED))
          .isEmpty();
      assertThat(definition("ORDER_CREATED").consumers()).isEmpty();
    }

    @Test
    void a_subscription_waits_for_an_event_that_somebody_types() {
      store.apply(early);
      database.sql(
          "INSERT INTO event_definitions (event_name, producer_actor)"
              + " VALUES ('ORDER_CREATED', 'order')");
      assertThat(definition("ORDER_CREATED").consumers()).hasSize(1);
    }
  }

  @Nested
  class Conflicts {
    @Test
    void an_event_has_one_producer() {
      store.apply(shop());
      assertConflict(
          draft(List.of(inventory()), event("ITEM_ADDED", "inventory", "1.0.0", "{}")),
          "ITEM_ADDED is an event produced by cart, not an event of inventory");
    }

    @Test
    void a_command_has_one_handler() {
      store.apply(shop());
      assertConflict(
          draft(List.of(inventory()), command("ADD_TO_CART", "{}", "inventory")),
          "ADD_TO_CART is a command handled by cart, not a command of inventory");
    }

    @Test
    void a_command_is_not_subscribed_to() {
      store.apply(shop());
      assertConflict(
          draft(
              List.of(inventory()),
              EventDraft.subscription("ADD_TO_CART", by("inventory", Pattern.TELL))),
          "is a command; inventory can subscribe to events only");
    }

    @Test
    void a_draft_that_contradicts_itself_is_refused() {
      assertConflict(
          draft(
              List.of(cart(), inventory()),
              event("ITEM_ADDED", "cart", "1.0.0", "{}"),
              event("ITEM_ADDED", "inventory", "1.0.0", "{}")),
          "is declared twice, by cart and by inventory");
    }

    @Test
    void every_conflict_is_told_at_once() {
      store.apply(shop());
      assertThatThrownBy(
              () ->
                  store.apply(
                      draft(
                          List.of(inventory()),
                          command("ADD_TO_CART", "{}", "inventory"),
                          event("ITEM_ADDED", "inventory", "1.0.0", "{}"))))
          .asInstanceOf(type(RelayException.class))
          .satisfies(
              e ->
                  assertThat(e.violations())
                      .extracting(Violation::pointer)
                      .containsExactly("/events/ADD_TO_CART", "/events/ITEM_ADDED"));
    }

    @Test
    void an_event_may_move_to_another_actor_when_the_first_lets_it_go() {
      store.apply(shop());
      store.apply(
          draft(
              List.of(cart(), inventory()),
              command("ADD_TO_CART", SCHEMA, "inventory"),
              event("ITEM_ADDED", "inventory", "1.0.0", "{}")));

      assertThat(definition("ITEM_ADDED").producer()).isEqualTo("inventory");
      assertThat(definition("ITEM_ADDED").status()).isEqualTo("active");
      assertThat(definition("ADD_TO_CART").consumers())
          .containsExactly(by("inventory", Pattern.ASK));
    }

    @Test
    void an_event_that_was_let_go_may_be_claimed_later() {
      store.apply(shop());
      CatalogDraft claim =
          draft(List.of(inventory()), event("ITEM_ADDED", "inventory", "1.0.0", "{}"));
      store.apply(draft(List.of(cart()), command("ADD_TO_CART", SCHEMA, "cart")));

      store.apply(claim);

      assertThat(definition("ITEM_ADDED").producer()).isEqualTo("inventory");
      assertThat(definition("ITEM_ADDED").status()).isEqualTo("active");
      database.sql("UPDATE event_definitions SET status = 'deprecated'");
      assertConflict(
          draft(List.of(cart()), event("ITEM_ADDED", "cart", "1.0.0", "{}")),
          "ITEM_ADDED is an event produced by inventory, not an event of cart");
    }

    @Test
    void unusable_names_and_schemas_are_refused_with_pointers_into_the_draft() {
      EventDraft nonsense =
          new EventDraft(
              "addToCart",
              EventKind.COMMAND,
              "",
              null,
              "one",
              json("{'type': 'strin', 'pattern': '('}"),
              null,
              List.of(new Consumer("c art", Pattern.ASK, Duration.ZERO, "")));
      assertThatThrownBy(() -> store.apply(draft(List.of(), nonsense)))
          .asInstanceOf(type(RelayException.class))
          .satisfies(
              e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.DEFINITION_INVALID);
                assertThat(e.violations())
                    .extracting(Violation::pointer)
                    .contains(
                        "/events/addToCart/event_name",
                        "/events/addToCart/schema_version",
                        "/events/addToCart/payload_schema/type",
                        "/events/addToCart/consumers/0/actor",
                        "/events/addToCart/consumers/0/timeout_ms",
                        "/events/addToCart/consumers/0/key_field");
              });
      assertThat(store.load().events()).isEmpty();
    }
  }

  @Test
  void an_unusable_schema_alone_is_told_as_such() {
    assertThatThrownBy(() -> store.apply(draft(List.of(), command("ADD", "{'type': 7}", "cart"))))
        .asInstanceOf(type(RelayException.class))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.SCHEMA_INVALID));
  }

  @Nested
  class Adding {
    @Test
    void one_event_with_its_consumers() {
      EventDefinition added =
          store.add(declared("ORDER_PAID", EventKind.EVENT, by("audit", Pattern.PUBLISH)));
      assertThat(added).isEqualTo(definition("ORDER_PAID"));
      assertThat(added.consumers()).containsExactly(by("audit", Pattern.PUBLISH));
      assertThat(added.schemaVersion()).isEqualTo("1.0.0");
    }

    @Test
    void refuses_one_that_exists_and_says_how_to_see_it() {
      store.apply(shop());
      assertThatThrownBy(() -> store.add(declared("ITEM_ADDED", EventKind.EVENT)))
          .asInstanceOf(type(RelayException.class))
          .satisfies(
              e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.CATALOG_CONFLICT);
                assertThat(e.remedy()).contains("relay catalog show ITEM_ADDED");
              });
    }

    @Test
    void is_no_definitions_to_withdraw() {
      store.add(declared("ORDER_PAID", EventKind.EVENT, by("cart", Pattern.PUBLISH)));
      store.apply(shop());
      assertThat(definition("ORDER_PAID").status()).isEqualTo("active");
      assertThat(definition("ORDER_PAID").consumers()).hasSize(1);
    }
  }

  @Nested
  class Concurrency {
    @Test
    void of_two_that_claim_the_same_event_one_is_refused() throws Exception {
      List<Object> outcomes =
          together(
              () -> store.apply(draft(List.of(cart()), event("CLAIMED", "cart", "1.0.0", "{}"))),
              () ->
                  store.apply(
                      draft(List.of(inventory()), event("CLAIMED", "inventory", "1.0.0", "{}"))));

      assertThat(outcomes).hasAtLeastOneElementOfType(CatalogChanges.class);
      assertThat(outcomes)
          .filteredOn(RelayException.class::isInstance)
          .singleElement(type(RelayException.class))
          .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.CATALOG_CONFLICT));
      assertThat(store.load().actors()).hasSize(1);
    }

    @Test
    void of_many_that_say_the_same_one_changes_the_catalog_and_none_fails() throws Exception {
      long before = store.version();
      Callable<Object> node = () -> new PostgresCatalogStore(database.dataSource()).apply(shop());

      List<Object> outcomes = together(node, node, node, node);

      assertThat(outcomes).allSatisfy(o -> assertThat(o).isInstanceOf(CatalogChanges.class));
      assertThat(outcomes).filteredOn(o -> !((CatalogChanges) o).isEmpty()).hasSize(1);
      assertThat(store.version()).isEqualTo(before + 1);
    }

    private static List<Object> together(Callable<?>... works) throws Exception {
      CyclicBarrier barrier = new CyclicBarrier(works.length);
      ExecutorService threads = Executors.newFixedThreadPool(works.length);
      try {
        List<Future<Object>> futures = new ArrayList<>();
        for (Callable<?> work : works) {
          futures.add(
              threads.submit(
                  () -> {
                    barrier.await();
                    try {
                      return work.call();
                    } catch (RelayException refused) {
                      return refused;
                    }
                  }));
        }
        List<Object> outcomes = new ArrayList<>();
        for (Future<Object> future : futures) {
          outcomes.add(future.get());
        }
        return outcomes;
      } finally {
        threads.shutdownNow();
      }
    }
  }

  @Test
  void a_session_that_sits_on_the_catalog_holds_back_no_node_that_has_nothing_to_change()
      throws SQLException {
    store.apply(shop());
    try (Connection idle = database.dataSource().getConnection();
        Statement statement = idle.createStatement()) {
      idle.setAutoCommit(false);
      statement.execute("UPDATE event_definitions SET description = 'still thinking'");
      assertThat(store.apply(shop()).isEmpty()).isTrue();
      idle.rollback();
    }
  }

  @Nested
  class Loading {
    @Test
    void a_schema_that_cannot_be_used_refuses_every_message_and_harms_nothing_else() {
      store.apply(shop());
      database.sql(
          "UPDATE event_definitions SET payload_schema = '{\"type\": 7}'"
              + " WHERE event_name = 'ITEM_ADDED'");

      Catalog catalog = store.load();

      List<Violation> violations =
          catalog.event("ITEM_ADDED").orElseThrow().payload().check(json("{}")).violations();
      assertThat(violations).isNotEmpty();
      assertThat(violations.get(0).message())
          .contains("ITEM_ADDED's payload schema is unusable")
          .contains("/type");
      assertThat(
              catalog
                  .event("ADD_TO_CART")
                  .orElseThrow()
                  .payload()
                  .check(json("{'quantity': 1}"))
                  .violations())
          .isEmpty();
    }

    @Test
    void json_beyond_what_relay_reads_spoils_only_its_own_event_and_is_mended_by_an_apply() {
      store.apply(shop());
      database.sql(
          "UPDATE event_definitions SET payload_schema ="
              + " (repeat('{\"not\":', 3000) || 'true' || repeat('}', 3000))::jsonb"
              + " WHERE event_name = 'ITEM_ADDED'",
          "UPDATE actor_definitions SET definition = '{\"actor\": 1e5000}'"
              + " WHERE actor_name = 'cart'");

      Catalog catalog = store.load();

      assertThat(catalog.event("ITEM_ADDED").orElseThrow().payload().check(json("{}")).violations())
          .singleElement()
          .satisfies(
              v -> assertThat(v.message()).contains("ITEM_ADDED's payload schema is unusable"));
      assertThat(catalog.event("ADD_TO_CART")).isPresent();
      store.apply(new CatalogDraft(List.of(), List.of(cart())));
      assertThat(definition("ITEM_ADDED").status()).isEqualTo("deprecated");
      store.apply(shop());
      assertThat(store.load().actor("cart").orElseThrow().keyField()).isEqualTo("userId");
      assertThat(
              store
                  .load()
                  .event("ITEM_ADDED")
                  .orElseThrow()
                  .payload()
                  .check(json("{}"))
                  .violations())
          .isEmpty();
    }

    @Test
    void a_schema_that_has_not_changed_is_not_compiled_again() {
      store.apply(shop());
      CatalogEvent before = store.load().event("ADD_TO_CART").orElseThrow();
      database.sql("UPDATE event_definitions SET description = 'another'");
      CatalogEvent after = store.load().event("ADD_TO_CART").orElseThrow();

      assertThat(after.payload()).isSameAs(before.payload());
      assertThat(after.definition().description()).isEqualTo("another");
    }
  }

  private static final String SCHEMA =
      "{'type': 'object', 'properties': {'quantity': {'type': 'integer'}},"
          + " 'required': ['quantity']}";

  private static CatalogDraft shop() {
    return draft(
        List.of(cart(), inventory()),
        command("ADD_TO_CART", SCHEMA, "cart"),
        event("ITEM_ADDED", "cart", "1.0.0", "{}"),
        EventDraft.subscription("ITEM_ADDED", by("inventory", Pattern.TELL)));
  }

  private static CatalogDraft draft(List<ActorEntry> actors, EventDraft... events) {
    return new CatalogDraft(List.of(events), actors);
  }

  private static EventDraft command(String name, String schema, String handler) {
    return new EventDraft(
        name,
        EventKind.COMMAND,
        "",
        null,
        "1.0.0",
        json(schema),
        null,
        List.of(by(handler, Pattern.ASK)));
  }

  private static EventDraft event(String name, String producer, String version, String schema) {
    return new EventDraft(
        name, EventKind.EVENT, "", producer, version, json(schema), null, List.of());
  }

  private static EventDraft declared(String name, EventKind kind, Consumer... consumers) {
    String producer = kind == EventKind.EVENT ? "cart" : null;
    return new EventDraft(
        name, kind, "", producer, "1.0.0", json(SCHEMA), null, List.of(consumers));
  }

  private static Consumer by(String actor, Pattern pattern) {
    return new Consumer(actor, pattern, Duration.ofSeconds(5), null);
  }

  private static ActorEntry cart() {
    return actor("cart", "userId");
  }

  private static ActorEntry inventory() {
    return actor("inventory", "productId");
  }

  private static ActorEntry actor(String name, String key) {
    JsonNode definition = json("{'actor': {'name': '" + name + "', 'key': '" + key + "'}}");
    return new ActorEntry(name, "1.0.0", "", key, definition);
  }

  private static JsonNode json(String text) {
    return Json.mapper().readTree(text.replace('\'', '"'));
  }

  private static EventDefinition definition(String name) {
    return store.load().event(name).orElseThrow().definition();
  }

  private static String text(CatalogChanges changes, String name) {
    return changes.lines().stream()
        .filter(line -> line.name().equals(name))
        .map(CatalogChange::text)
        .reduce((a, b) -> a + "\n" + b)
        .orElseThrow();
  }

  private static void assertConflict(CatalogDraft draft, String message) {
    long version = store.version();
    assertThatThrownBy(() -> store.apply(draft))
        .hasMessageContaining(message)
        .asInstanceOf(type(RelayException.class))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.CATALOG_CONFLICT));
    assertThat(store.version()).as("nothing was written").isEqualTo(version);
  }
}
