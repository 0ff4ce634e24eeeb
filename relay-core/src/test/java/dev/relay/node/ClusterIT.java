package dev.relay.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import dev.relay.message.ActorAddress;
import dev.relay.message.MessageId;
import dev.relay.postgres.PostgresStores;
import dev.relay.transport.InProcessHub;
import dev.relay.transport.Transport;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes that share the work, in one JVM, on a real Postgres. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ClusterIT {
  private static final Duration BOUND = Duration.ofSeconds(60);
  private Engine engine = new Engine();
  private InProcessHub hub = new InProcessHub();

  @BeforeEach
  void start() {
    hub = new InProcessHub();
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  @ParameterizedTest(name = "over {0}")
  @ValueSource(strings = {"in-process", "postgres", "postgres-polling"})
  void three_nodes_share_the_work_and_every_message_is_applied_once_and_in_order(String carrier) {
    Supplier<Transport> transports = transports(carrier);
    List<Engine.Neighbour> nodes =
        List.of(
            engine.neighbour(transports.get(), "counter", "ledger"),
            engine.neighbour(transports.get(), "counter", "ledger"),
            engine.neighbour(transports.get(), "counter", "ledger"));
    together(nodes);

    int keys = 20;
    int each = 15;
    List<CompletableFuture<Receipt>> answers = new ArrayList<>();
    for (int n = 1; n <= each; n++) {
      for (int key = 0; key < keys; key++) {
        answers.add(add(nodes.get((n + key) % 3).node(), "k" + key, n * 1_000 + key));
      }
      answers.forEach(CompletableFuture::join);
    }

    for (int key = 0; key < keys; key++) {
      List<Integer> expected = new ArrayList<>();
      for (int n = 1; n <= each; n++) {
        expected.add(n * 1_000 + key);
      }
      String id = "k" + key;
      await()
          .atMost(BOUND)
          .untilAsserted(() -> assertThat(engine.seen(id)).isEqualTo(expected.toString()));
    }
    assertThat(engine.count("SELECT count(*) FROM relay.deliveries")).isZero();
    for (Engine.Neighbour node : nodes) {
      assertThat(node.node().actors()).allMatch(actor -> actor.turns() > 0);
    }
  }

  @Test
  void ids_follow_the_clock_that_all_nodes_share_and_not_the_machine_s() {
    Engine.Neighbour node = engine.neighbour(hub.transport(), "counter");
    node.members().ahead(Duration.ofHours(1));
    int before = node.members().renewals();
    await().atMost(BOUND).until(() -> node.members().renewals() > before + 1);

    Engine.ask(node.node(), CounterActors.ADD, "ahead", 5);

    String id = engine.sql("SELECT id FROM relay.deliveries WHERE key = 'ahead'");
    assertThat(MessageId.of(id).time().orElseThrow())
        .isAfter(Instant.now().plus(Duration.ofMinutes(59)));
  }

  @Test
  void actors_are_found_on_the_node_that_hosts_them() {
    Engine.Neighbour counters = engine.neighbour(hub.transport(), "counter");
    Engine.Neighbour ledgers = engine.neighbour(hub.transport(), "ledger");
    together(List.of(counters, ledgers));

    assertThat(Engine.ask(ledgers.node(), CounterActors.ADD, "far", 5).data())
        .hasToString("{\"total\":5,\"turns\":1}");
    assertThat(Engine.ask(ledgers.node(), CounterActors.GET, "far", 0).data())
        .hasToString("{\"total\":5,\"turns\":1}");
    await().atMost(BOUND).untilAsserted(() -> assertThat(engine.seen("far")).isEqualTo("[5]"));
    assertThat(counters.node().actors().get(0).turns()).isEqualTo(2);
  }

  @Test
  void a_failure_comes_back_from_another_node_as_if_it_were_local() {
    Engine.Neighbour counters = engine.neighbour(hub.transport(), "counter");
    Engine.Neighbour ledgers = engine.neighbour(hub.transport(), "ledger");
    together(List.of(counters, ledgers));

    for (Node node : List.of(counters.node(), ledgers.node())) {
      assertThatThrownBy(
              () -> Engine.ask(node, CounterActors.ADD, "x", CounterActors.Counter.UNLUCKY))
          .isInstanceOfSatisfying(
              RelayException.class,
              failure -> {
                assertThat(failure.code()).isEqualTo(ErrorCode.REFUSED);
                assertThat(failure.reason()).contains("UNLUCKY");
                assertThat(failure).hasMessageContaining("any number but 13, found 13");
              });
    }
  }

  @Test
  void a_request_id_is_answered_once_whichever_node_is_asked() {
    List<Engine.Neighbour> nodes =
        List.of(
            engine.neighbour(hub.transport(), "counter"),
            engine.neighbour(hub.transport(), "counter"));
    together(nodes);
    SendRequest request =
        SendRequest.to("counter", CounterActors.ADD, Engine.amount("once", 3))
            .withRequestId("request-1");

    Receipt first = Engine.await(nodes.get(0).node(), request);
    Receipt second = Engine.await(nodes.get(1).node(), request);

    assertThat(second.id()).isEqualTo(first.id());
    assertThat(((Receipt.Answered) second).data()).hasToString("{\"total\":3,\"turns\":1}");
  }

  @Test
  void what_nobody_hosts_waits_or_is_refused_with_a_remedy() {
    Engine.Neighbour counters = engine.neighbour(hub.transport(), "counter");
    Engine.ask(counters.node(), CounterActors.ADD, "later", 8);
    assertThat(engine.count("SELECT count(*) FROM relay.deliveries WHERE key = 'later'")).isOne();

    Engine.Neighbour ledgers = engine.neighbour(hub.transport(), "ledger");
    await().atMost(BOUND).untilAsserted(() -> assertThat(engine.seen("later")).isEqualTo("[8]"));

    counters.node().close();
    counters.membership().close();
    await().atMost(BOUND).until(() -> ledgers.membership().current().members().size() == 1);
    assertThatThrownBy(() -> Engine.ask(ledgers.node(), CounterActors.ADD, "later", 9))
        .isInstanceOfSatisfying(
            RelayException.class,
            failure -> {
              assertThat(failure.code()).isEqualTo(ErrorCode.NOT_HOSTED);
              assertThat(failure.remedy()).isPresent();
            });
  }

  @Test
  void a_stopping_node_finishes_what_it_accepted_and_others_take_over() {
    Engine.Neighbour one = engine.neighbour(hub.transport(), "counter", "ledger");
    Engine.Neighbour two = engine.neighbour(hub.transport(), "counter", "ledger");
    together(List.of(one, two));
    List<CompletableFuture<Receipt>> answers = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      answers.add(add(two.node(), "s" + i, 1));
    }
    two.node().close();
    two.membership().close();

    answers.forEach(CompletableFuture::join);
    for (int i = 0; i < 200; i++) {
      String id = "s" + i;
      await().atMost(BOUND).untilAsserted(() -> assertThat(engine.seen(id)).isEqualTo("[1]"));
    }
  }

  @Test
  void a_zombie_writes_nothing_and_then_works_on_under_a_new_incarnation() {
    Engine.Neighbour one = engine.neighbour(hub.transport(), "counter", "ledger");
    Engine.Neighbour two = engine.neighbour(hub.transport(), "counter", "ledger");
    together(List.of(one, two));
    String key = keyOf(two);
    two.members().cut(true);
    await().atMost(BOUND).until(() -> one.membership().current().members().size() == 1);

    assertThatThrownBy(() -> Engine.ask(two.node(), CounterActors.ADD, key, 1))
        .isInstanceOfSatisfying(
            RelayException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.NODE_LOST));
    assertThat(engine.count("SELECT count(*) FROM relay.actor_state WHERE key = '" + key + "'"))
        .isZero();
    Engine.ask(one.node(), CounterActors.ADD, key, 2);

    two.members().cut(false);
    together(List.of(one, two));
    assertThat(two.membership().fence().incarnation()).isGreaterThan(1);
    assertThat(Engine.ask(two.node(), CounterActors.ADD, key, 3).data())
        .hasToString("{\"total\":5,\"turns\":2}");
    await().atMost(BOUND).untilAsserted(() -> assertThat(engine.seen(key)).isEqualTo("[2, 3]"));
  }

  @Test
  void asks_of_a_dead_owner_are_asked_again_if_they_may_be_and_else_fail_honestly() {
    Engine.Neighbour one = engine.neighbour(hub.transport(), "counter", "ledger");
    Engine.Neighbour two = engine.neighbour(hub.transport(), "counter", "ledger");
    together(List.of(one, two));
    String key = keyOf(two);
    engine.actors.counter.gate = new CountDownLatch(1);
    SendRequest slowly = SendRequest.to("counter", CounterActors.ADD_SLOWLY, Engine.amount(key, 1));
    CompletableFuture<Receipt> plain = one.node().send(slowly);
    CompletableFuture<Receipt> named = one.node().send(slowly.withRequestId("again"));
    await().atMost(BOUND).until(() -> engine.actors.counter.slowRuns.get() == 1);

    two.members().cut(true);

    assertThatThrownBy(plain::join)
        .hasCauseInstanceOf(RelayException.class)
        .hasMessageContaining("may or may not have been applied");
    engine.actors.counter.gate.countDown();
    assertThat(((Receipt.Answered) named.join()).data()).hasToString("{\"total\":1,\"turns\":1}");
  }

  private Supplier<Transport> transports(String carrier) {
    return switch (carrier) {
      case "in-process" -> hub::transport;
      case "postgres" ->
          () ->
              PostgresStores.transport(
                  engine.pool(),
                  () ->
                      DriverManager.getConnection(
                          engine.postgres.jdbcUrl(),
                          engine.postgres.user(),
                          engine.postgres.password()));
      default -> () -> PostgresStores.transport(engine.pool(), null);
    };
  }

  private static CompletableFuture<Receipt> add(Node node, String key, int n) {
    return node.send(SendRequest.to("counter", CounterActors.ADD, Engine.amount(key, n)));
  }

  private static void together(List<Engine.Neighbour> nodes) {
    for (Engine.Neighbour node : nodes) {
      await()
          .atMost(BOUND)
          .until(() -> node.membership().current().members().size() == nodes.size());
    }
  }

  /** A counter that this node owns. */
  private static String keyOf(Engine.Neighbour node) {
    for (int i = 0; ; i++) {
      String key = "z" + i;
      String owner = node.membership().current().owner(new ActorAddress("counter", key));
      if (node.membership().fence().node().equals(owner)) {
        return key;
      }
    }
  }
}
