package dev.relay.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.relay.Relay;
import dev.relay.RelayBuilder;
import dev.relay.Reply;
import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import dev.relay.message.ActorAddress;
import dev.relay.message.Json;
import dev.relay.postgres.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Flows of every kind of step, on a real Postgres, through the front door of the library. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FlowsIT {
  private static final Duration BOUND = Duration.ofSeconds(30);

  /** The order's actors are keyed by the order, the stock by product. */
  static final String CHECKOUT =
      """
      key: order
      start:
        command: START_CHECKOUT
        payload: { order: string, lines: array<Line>, payer?: string }
      types:
        Line: { product: string, quantity: integer }
      retry: { attempts: 3, backoff: 10ms, max: 50ms }
      steps:
        - ask: OPEN
          with: '{ "id": input.order, "order": input.order }'
          as: opened
          compensate: { ask: CLOSE, with: '{ "id": input.order, "order": input.order }' }
        - name: reserve
          forEach: input.lines
          ask: RESERVE
          with: '{ "id": $item.product, "order": input.order, "n": $item.quantity }'
          as: reserved
          compensate: { ask: RELEASE, with: '{ "id": $item.product, "order": input.order }' }
        - ask: CHARGE
          with: '{ "id": input.order, "order": input.order }'
          compensate: { ask: REFUND, with: '{ "id": input.order, "order": input.order }' }
        - ask: CONFIRM
          with: '{ "id": input.order, "order": input.order }'
        - tell: MAIL
          with: '{ "id": "mail-" & input.order, "order": input.order }'
      reply: '{ "order": $key, "lines": $count(reserved) }'
      """;

  private final TestDatabase database = TestDatabase.create();
  private final FlowActors actors = new FlowActors();
  @TempDir private Path folder;
  private Relay relay;

  @BeforeEach
  void definitions() {
    FlowActors.definitions(folder);
    FlowActors.flow(folder, "checkout", CHECKOUT);
  }

  private void start() {
    RelayBuilder builder =
        Relay.builder()
            .postgres(database.jdbcUrl(), database.user(), database.password())
            .actors(folder.resolve("actors"))
            .flows(folder.resolve("flows"));
    actors.actors().forEach(builder::actor);
    relay = builder.start();
  }

  private void start(String flow, String definition) {
    FlowActors.flow(folder, flow, definition);
    start();
  }

  @AfterEach
  void stop() {
    if (relay != null) {
      relay.close();
    }
    database.close();
  }

  @Test
  void whoever_starts_a_flow_gets_its_outcome() {
    start();

    JsonNode reply = checkout("a", 2, 3);

    assertThat(reply).hasToString("{\"order\":\"a\",\"lines\":2}");
    assertThat(did("desk", "a")).containsExactly("OPEN a", "CONFIRM a");
    assertThat(did("stock", "p0")).containsExactly("RESERVE a");
    assertThat(did("stock", "p1")).containsExactly("RESERVE a");
    assertThat(did("pay", "a")).containsExactly("CHARGE a");
    await().atMost(BOUND).until(() -> did("desk", "mail-a").equals(List.of("MAIL a")));
    assertThat(state("checkout", "a").at("/status").asString()).isEqualTo("done");
  }

  @Test
  void a_checkout_takes_one_commit_for_its_start_and_one_for_its_steps() {
    start();
    checkout("a", 1);

    assertThat(database.strings("SELECT count(*) FROM relay.journal WHERE actor = 'flow-checkout'"))
        .containsExactly("1");
  }

  @Test
  void a_refusal_undoes_what_was_done_last_first_and_reaches_the_starter() {
    start();

    assertThatThrownBy(() -> checkout("b", 1, 2, 9))
        .isInstanceOfSatisfying(
            RelayException.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(ErrorCode.REFUSED);
              assertThat(refused.reason()).contains("OUT_OF_STOCK");
              assertThat(refused).hasMessageContaining("has 5 of p2, not 9");
            });
    assertThat(did("stock", "p0")).containsExactly("RESERVE b", "RELEASE b");
    assertThat(did("stock", "p1")).containsExactly("RESERVE b", "RELEASE b");
    assertThat(did("stock", "p2")).isEmpty();
    assertThat(did("desk", "b")).containsExactly("OPEN b", "CLOSE b");
    assertThat(did("pay", "b")).isEmpty();
    JsonNode state = state("checkout", "b");
    assertThat(state.at("/status").asString()).isEqualTo("compensated");
    assertThat(steps(state))
        .containsExactly(
            "open done",
            "reserve refused",
            "undo reserve done",
            "undo reserve done",
            "undo open done");
    assertThat(order("RELEASE b", "CLOSE b")).isTrue();
  }

  @Test
  void a_repeated_start_gets_the_same_outcome_and_nothing_happens_twice() {
    start();
    checkout("c", 1);

    assertThat(checkout("c", 1)).hasToString("{\"order\":\"c\",\"lines\":1}");
    assertThat(did("pay", "c")).containsExactly("CHARGE c");
    assertThatThrownBy(() -> checkout("c", 2))
        .isInstanceOfSatisfying(
            RelayException.class,
            refused -> assertThat(refused.reason()).contains("STARTED_OTHERWISE"));
  }

  @Test
  void a_failure_is_retried_and_happens_once() {
    AtomicInteger tries = new AtomicInteger();
    actors.before(
        "CHARGE",
        (in, turn) -> {
          if (tries.incrementAndGet() < 3) {
            throw new IllegalStateException("the provider is away");
          }
        });
    start();

    checkout("d", 1);

    assertThat(tries).hasValue(3);
    assertThat(did("pay", "d")).containsExactly("CHARGE d");
  }

  @Test
  void a_flow_without_attempts_left_pauses_with_its_error_and_goes_on_when_it_is_resumed() {
    actors.before(
        "CHARGE",
        (in, turn) -> {
          throw new IllegalStateException("the provider is away");
        });
    start();

    assertThatThrownBy(() -> checkout("e", 1))
        .isInstanceOfSatisfying(
            RelayException.class,
            paused -> assertThat(paused.code()).isEqualTo(ErrorCode.FLOW_PAUSED));
    JsonNode state = state("checkout", "e");
    assertThat(state.at("/status").asString()).isEqualTo("paused");
    assertThat(state.at("/at").asString()).isEqualTo("charge");
    assertThat(state.at("/error/message").asString()).contains("3 attempts", "provider is away");

    actors.calm("CHARGE");
    repair("checkout", "e", "resume");

    await().atMost(BOUND).until(() -> status("checkout", "e").equals("done"));
    assertThat(did("pay", "e")).containsExactly("CHARGE e");
  }

  @Test
  void a_paused_flow_can_be_compensated_and_what_may_have_happened_is_undone_too() {
    actors.before(
        "CHARGE",
        (in, turn) -> {
          throw new IllegalStateException("the provider is away");
        });
    start();
    assertThatThrownBy(() -> checkout("f", 1)).isInstanceOf(RelayException.class);

    repair("checkout", "f", "compensate");

    await().atMost(BOUND).until(() -> status("checkout", "f").equals("compensated"));
    assertThat(did("pay", "f")).containsExactly("REFUND f");
    assertThat(did("stock", "p0")).containsExactly("RESERVE f", "RELEASE f");
  }

  @Test
  void a_step_can_be_skipped() {
    actors.before(
        "CHARGE",
        (in, turn) -> {
          throw new IllegalStateException("the provider is away");
        });
    start();
    assertThatThrownBy(() -> checkout("g", 1)).isInstanceOf(RelayException.class);

    assertThatThrownBy(
            () ->
                relay.flows().repair("checkout", "g", action("skip").put("step", "confirm")).join())
        .hasMessageContaining("is at charge, not at confirm");
    relay.flows().repair("checkout", "g", action("skip").put("step", "charge")).join();

    await().atMost(BOUND).until(() -> status("checkout", "g").equals("done"));
    assertThat(did("pay", "g")).isEmpty();
    assertThat(did("desk", "g")).contains("CONFIRM g");
  }

  @Test
  void a_flow_is_cancelled_while_it_runs_and_what_was_done_is_undone() throws Exception {
    CountDownLatch charging = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    actors.before(
        "CHARGE",
        (in, turn) -> {
          charging.countDown();
          go.await();
        });
    start(
        "slow",
        CHECKOUT
            .replace("START_CHECKOUT", "START_SLOW")
            .replace("- ask: CONFIRM", "- wait: SHIPPED\n  - ask: CONFIRM"));
    var outcome = relay.flows().start("slow", order("h", 1), null);
    charging.await();

    var cancelled = relay.flows().repair("slow", "h", action("cancel"));
    go.countDown();
    cancelled.join();

    await().atMost(BOUND).until(() -> status("slow", "h").equals("cancelled"));
    assertThat(did("pay", "h")).containsExactly("CHARGE h", "REFUND h");
    assertThat(did("stock", "p0")).containsExactly("RESERVE h", "RELEASE h");
    assertThatThrownBy(outcome::join).hasMessageContaining("is cancelled");
  }

  @Test
  void a_flow_waits_for_events_branches_and_takes_its_time() {
    start(
        "send",
        """
        key: order
        start: { command: START_SEND, payload: { order: string, express: boolean }, waits: started }
        steps:
          - wait: SHIPPED
            where: $event.n = 7
            as: shipped
          - branch:
              - when: input.express
                steps: [ { delay: 20ms } ]
              - otherwise: [ { fail: TOO_SLOW, message: '"only express"' } ]
          - ask: CONFIRM
            with: '{ "id": input.order, "order": $string(shipped.n) }'
        """);
    relay
        .flows()
        .start("send", Json.mapper().valueToTree(Map.of("order", "i", "express", true)), null)
        .join();
    relay
        .flows()
        .start("send", Json.mapper().valueToTree(Map.of("order", "j", "express", false)), null)
        .join();
    for (String order : List.of("i", "j")) {
      relay.ask("desk", "SHIP", Map.of("id", "d-" + order, "order", order, "n", 1));
      relay.ask("desk", "SHIP", Map.of("id", "d-" + order, "order", order, "n", 7));
    }

    await().atMost(BOUND).until(() -> status("send", "i").equals("done"));
    await().atMost(BOUND).until(() -> status("send", "j").equals("compensated"));
    assertThat(did("desk", "i")).containsExactly("CONFIRM 7");
    assertThat(state("send", "j").at("/ending/reason").asString()).isEqualTo("TOO_SLOW");
  }

  @Test
  void a_wait_in_vain_and_a_deadline_have_consequences() {
    start(
        "late",
        """
        key: order
        start: { command: START_LATE, payload: { order: string }, waits: started }
        deadline: 300ms
        steps:
          - ask: OPEN
            with: '{ "id": input.order, "order": input.order }'
            compensate: { ask: CLOSE, with: '{ "id": input.order, "order": input.order }' }
          - { wait: SHIPPED, within: 10ms, onTimeout: continue, as: shipped }
          - { ask: CONFIRM, when: shipped.timedOut, with: '{ "id": input.order, "order": input.order }' }
          - { name: forever, wait: SHIPPED }
        """);
    relay.flows().start("late", Json.mapper().valueToTree(Map.of("order", "k")), null).join();

    await().atMost(BOUND).until(() -> status("late", "k").equals("compensated"));
    assertThat(did("desk", "k")).containsExactly("OPEN k", "CONFIRM k", "CLOSE k");
    assertThat(state("late", "k").at("/ending/reason").asString()).isEqualTo("DEADLINE");
  }

  @Test
  void an_event_starts_a_flow_and_another_calls_it_off() {
    start(
        "follow",
        """
        key: order
        start: { event: SHIPPED, where: $event.n = 1 }
        cancelOn: { on: SHIPPED, where: $event.n = 2 }
        steps:
          - { tell: MAIL, with: '{ "id": "follow", "order": input.order }' }
          - { name: forever, delay: 20d }
        """);
    relay.ask("desk", "SHIP", Map.of("id", "d", "order", "l", "n", 1));
    await().atMost(BOUND).until(() -> status("follow", "l").equals("waiting"));
    relay.ask("desk", "SHIP", Map.of("id", "d", "order", "nobody's", "n", 2));
    relay.ask("desk", "SHIP", Map.of("id", "d", "order", "l", "n", 2));

    await().atMost(BOUND).until(() -> status("follow", "l").equals("cancelled"));
    await().atMost(BOUND).until(() -> did("desk", "follow").equals(List.of("MAIL l")));
    await().atMost(BOUND).until(() -> database.strings("SELECT 1 FROM relay.deliveries").isEmpty());
    assertThat(relay.flowRuns().flows().toString()).contains("\"runs\":{\"cancelled\":1}");
  }

  @Test
  void an_answer_that_is_recorded_nowhere_is_safe_before_anything_follows_from_it() {
    start(
        "counted",
        """
        key: order
        start: { command: START_COUNTED, payload: { order: string } }
        steps:
          - { ask: COUNT, with: '{ "id": "p0", "order": input.order }', as: stock }
          - { ask: CONFIRM, with: '{ "id": input.order, "order": $string($count(stock.did)) }' }
        """);
    relay.flows().start("counted", Json.mapper().valueToTree(Map.of("order", "m")), null).join();

    assertThat(did("desk", "m")).containsExactly("CONFIRM 0");
    assertThat(database.strings("SELECT count(*) FROM relay.journal WHERE actor = 'flow-counted'"))
        .containsExactly("2");
  }

  @Test
  void a_start_makes_a_run_that_is_not_over_give_way_where_the_flow_says_so() {
    start(
        "idle",
        """
        key: order
        start: { event: SHIPPED }
        again: restart
        steps:
          - { wait: SHIPPED, within: 1h, where: $event.n = 99 }
        """);
    for (int n = 1; n <= 3; n++) {
      relay.ask("desk", "SHIP", Map.of("id", "d", "order", "n", "n", n));
      int run = n;
      await().atMost(BOUND).until(() -> state("idle", "n").path("run").asInt(0) == run);
    }

    assertThat(state("idle", "n").at("/input/n").asInt()).isEqualTo(3);
    assertThat(database.strings("SELECT 1 FROM relay.deliveries WHERE status = 'scheduled'"))
        .hasSize(1);
  }

  @Test
  void starts_that_find_a_run_take_their_turn_where_the_flow_says_so_and_each_gets_its_outcome() {
    start(
        "queue",
        """
        key: order
        again: next
        start: { command: ENTER, payload: { order: string, n: integer } }
        steps:
          - { wait: SHIPPED, where: $event.n = input.n, within: 1h }
          - branch:
              - when: input.n = 2
                steps: [ { fail: TWO, message: '"not two"' } ]
        reply: '{ "n": input.n }'
        """);
    List<CompletableFuture<Reply>> entered = new ArrayList<>();
    for (int n = 1; n <= 3; n++) {
      entered.add(relay.askAsync("flow-queue", "ENTER", Map.of("order", "q", "n", n)));
      int waiting = n - 1;
      await().atMost(BOUND).until(() -> waiting(state("queue", "q")) == waiting);
    }

    for (int n = 1; n <= 3; n++) {
      int run = n;
      await().atMost(BOUND).until(() -> state("queue", "q").path("run").asInt() == run);
      relay.ask("desk", "SHIP", Map.of("id", "d", "order", "q", "n", n));
    }

    assertThat(entered.get(0).join().data().at("/n").asInt()).isEqualTo(1);
    assertThat(entered.get(1))
        .failsWithin(BOUND)
        .withThrowableThat()
        .havingCause()
        .withMessageContaining("not two");
    assertThat(entered.get(2).join().data().at("/n").asInt()).isEqualTo(3);
    assertThat(state("queue", "q").at("/run").asInt()).isEqualTo(3);
  }

  private static int waiting(JsonNode state) {
    return state.has("run") ? state.path("next").size() : -1;
  }

  @Test
  void a_run_that_failed_may_run_again_where_the_flow_says_so_and_undoes_and_does_anew() {
    FlowActors.flow(
        folder, "checkout", CHECKOUT.replace("key: order", "key: order\nagain: failed"));
    start();
    assertThatThrownBy(() -> checkout("o", 9)).isInstanceOf(RelayException.class);

    checkout("o", 1);

    assertThat(did("desk", "o")).containsExactly("OPEN o", "CLOSE o", "OPEN o", "CONFIRM o");
    assertThat(checkout("o", 1)).isNotNull();
    assertThat(did("pay", "o")).containsExactly("CHARGE o");
  }

  @Test
  void applying_definitions_fills_the_catalog_and_says_what_changed() {
    start();

    assertThat(relay.changes().lines().stream().map(each -> each.text()))
        .contains("checkout: new, 6 steps");
    assertThat(
            database.strings(
                "SELECT s.step_number || ' ' || e.event_name FROM flow_steps s JOIN system_flows f"
                    + " ON f.id = s.flow_id JOIN event_definitions e ON e.id = s.event_id WHERE"
                    + " f.flow_name = 'checkout' ORDER BY s.step_number"))
        .containsExactly(
            "1 START_CHECKOUT", "2 OPEN", "3 RESERVE", "4 CHARGE", "5 CONFIRM", "6 MAIL");
    assertThat(relay.catalog().events().stream().map(each -> each.name()))
        .noneMatch(name -> name.startsWith("FLOW_"));
    relay.close();
    start();
    assertThat(relay.changes().isEmpty()).isTrue();
  }

  @Test
  void a_check_compares_what_was_sent_with_the_flow() {
    start(
        "shipping",
        """
        key: order
        expected: true
        steps:
          - ask: CHARGE
            with: '{}'
          - { wait: SHIPPED, within: 1ms }
        """);
    Map<String, Object> charge = Map.of("id", "x", "order", "x");
    relay.ask("pay", "CHARGE", charge);
    relay.ask("desk", "SHIP", Map.of("id", "d", "order", "x", "n", 1));
    relay.ask("pay", "CHARGE", Map.of("id", "y", "order", "y"));
    relay.ask("pay", "CHARGE", Map.of("id", "z", "order", "z"));
    relay.ask("pay", "CHARGE", Map.of("id", "z", "order", "z"));

    ObjectNode report = relay.flowRuns().check("shipping", Instant.now().minusSeconds(600));

    assertThat(report.path("conformant").asInt()).isEqualTo(1);
    assertThat(report.path("overdue").asInt()).isEqualTo(1);
    assertThat(report.path("deviating").asInt()).isEqualTo(1);
    JsonNode deviating = report.path("told").get(0);
    assertThat(deviating.path("id").asString()).isEqualTo("z");
    assertThat(deviating.path("found").asString()).isEqualTo("CHARGE");
    assertThat(report.path("told").get(1).path("owed_by").asString()).isEqualTo("desk");
  }

  @Test
  void what_drives_a_flow_is_not_published() {
    List<String> heard = new CopyOnWriteArrayList<>();
    start();
    relay.subscribe("*", message -> heard.add(message.type()));
    assertThatThrownBy(() -> checkout("p", 1, 9)).isInstanceOf(RelayException.class);
    relay.ask("desk", "SHIP", Map.of("id", "d", "order", "p", "n", 1));

    await().atMost(BOUND).until(() -> heard.contains("SHIPPED"));
    assertThat(heard).containsOnly("SHIPPED");
  }

  private JsonNode checkout(String order, int... quantities) {
    return ((dev.relay.node.Receipt.Answered)
            joined(relay.flows().start("checkout", order(order, quantities), null)))
        .data();
  }

  private static <T> T joined(java.util.concurrent.CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (java.util.concurrent.CompletionException failed) {
      if (failed.getCause() instanceof RelayException known) {
        throw known;
      }
      throw failed;
    }
  }

  static ObjectNode order(String order, int... quantities) {
    ObjectNode payload = Json.mapper().createObjectNode().put("order", order);
    var lines = payload.putArray("lines");
    for (int i = 0; i < quantities.length; i++) {
      lines.addObject().put("product", "p" + i).put("quantity", quantities[i]);
    }
    return payload;
  }

  private void repair(String flow, String key, String what) {
    joined(relay.flows().repair(flow, key, action(what)));
  }

  private static ObjectNode action(String what) {
    return Json.mapper().createObjectNode().put("action", what);
  }

  private JsonNode state(String flow, String key) {
    return relay
        .instance(new ActorAddress("flow-" + flow, key))
        .map(found -> found.state())
        .orElse(Json.mapper().createObjectNode());
  }

  private String status(String flow, String key) {
    return state(flow, key).path("status").asString("");
  }

  private static List<String> steps(JsonNode state) {
    return state
        .path("trail")
        .valueStream()
        .map(each -> each.path("step").asString() + " " + each.path("status").asString())
        .toList();
  }

  private List<String> did(String actor, String key) {
    return relay
        .instance(new ActorAddress(actor, key))
        .map(found -> found.state().path("did").valueStream().map(JsonNode::asString).toList())
        .orElse(List.of());
  }

  /** Whether one thing was written down before another, by the order of the journal. */
  private boolean order(String first, String second) {
    List<String> order =
        database.strings(
            "SELECT (message ->> 'type') || ' ' || (message -> 'payload' ->> 'order')"
                + " FROM relay.journal ORDER BY txid, seq");
    return order.indexOf(first) >= 0 && order.indexOf(first) < order.indexOf(second);
  }
}
