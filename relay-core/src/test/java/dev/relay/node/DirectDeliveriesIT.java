package dev.relay.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.relay.message.ActorAddress;
import dev.relay.route.Partitions;
import dev.relay.store.CommitGroup;
import dev.relay.store.StoreException;
import dev.relay.store.TurnStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What an event's turn and its consumer's turn have in common when both are this node's: one
 * commit, and nothing else. Whether they had is seen by the transaction that the journal names.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DirectDeliveriesIT {
  private static final Duration BOUND = Duration.ofSeconds(30);

  /** One lane, which everything goes through, and groups so small that there are many at a time. */
  private static final NodeOptions OPTIONS =
      new NodeOptions(1, 4_096, 3, 8_192, 64L << 20, Duration.ofSeconds(30));

  private final Engine engine = new Engine();

  @AfterEach
  void stop() {
    engine.close();
  }

  @Test
  void an_event_is_consumed_in_the_commit_of_the_turn_that_emits_it() {
    Node node = engine.node(OPTIONS, store -> store);
    AtomicInteger tries = new AtomicInteger();

    await().atMost(BOUND).until(() -> isDirect(node, "k" + tries.incrementAndGet()));

    String key = "k" + tries.get();
    assertThat(engine.seen(key)).isEqualTo("[1]");
    assertThat(
            engine.sql(
                "SELECT sum((state ->> 'total')::int) FROM relay.actor_state WHERE key = '"
                    + key
                    + "'"))
        .isEqualTo("1");
    assertThat(engine.count("SELECT count(*) FROM relay.journal WHERE key = '" + key + "'"))
        .isEqualTo(2);
    assertThat(nothingIsOwed()).isTrue();
  }

  @Test
  void a_message_from_outside_is_consumed_in_the_commit_that_accepts_it() {
    Node node = following(store -> store, "t");

    Engine.await(
        node,
        SendRequest.to("ledger", CounterActors.RECORD, Engine.amount("t", 1))
            .withRequestId("told once"));
    Engine.await(
        node,
        SendRequest.to("ledger", CounterActors.RECORD, Engine.amount("t", 1))
            .withRequestId("told once"));

    await().atMost(BOUND).until(() -> engine.seen("t").equals("[1]"));
    assertThat(nothingIsOwed()).isTrue();
  }

  @Test
  void a_consumer_that_fails_or_refuses_fails_nobody_else_and_keeps_its_order() {
    Node node = following(store -> store, "f");
    engine.actors.ledger.failures.put(7, new AtomicInteger(2));

    Engine.ask(node, CounterActors.ADD, "f", 7);
    Engine.ask(node, CounterActors.ADD, "f", 8);
    Engine.ask(node, CounterActors.ADD, "f", CounterActors.Ledger.REFUSED);
    Engine.ask(node, CounterActors.ADD, "f", CounterActors.Ledger.BREAKS_STATE);
    Engine.ask(node, CounterActors.ADD, "f", 9);

    await().atMost(BOUND).until(() -> engine.seen("f").equals("[7, 8, 9]"));
    await()
        .atMost(BOUND)
        .untilAsserted(
            () ->
                assertThat(
                        engine.sql(
                            "SELECT string_agg(attempt::text, ',' ORDER BY id) FROM"
                                + " relay.deliveries WHERE status = 'dead'"))
                    .isEqualTo("1,1"));
  }

  @Test
  void a_consumer_that_somebody_else_changed_consumes_in_a_commit_of_its_own() {
    Node node = following(store -> store, "c");
    Engine.ask(node, CounterActors.ADD, "c", 1);
    await().atMost(BOUND).until(() -> engine.seen("c").equals("[1]"));
    // another writer, of whom this node's memory knows nothing
    engine.sql(
        "UPDATE relay.actor_state SET version = version + 1, state = '{\"seen\": [1, 5]}'"
            + " WHERE actor = 'ledger' AND key = 'c' RETURNING key");

    Engine.ask(node, CounterActors.ADD, "c", 2);
    Engine.ask(node, CounterActors.ADD, "c", 3);

    await()
        .atMost(BOUND)
        .untilAsserted(() -> assertThat(engine.seen("c")).isEqualTo("[1, 5, 2, 3]"));
    Engine.ask(node, CounterActors.ADD, "c", 4);
    await().atMost(BOUND).until(() -> engine.seen("c").equals("[1, 5, 2, 3, 4]"));
    assertThat(engine.sql("SELECT state ->> 'total' FROM relay.actor_state WHERE key = 'c'"))
        .isEqualTo("10");
  }

  @Test
  void a_consumer_whose_state_the_store_refuses_leaves_its_sender_alone() {
    AtomicInteger refusals = new AtomicInteger();
    Node node = engine.node(OPTIONS, store -> refusingTogether(store, "bad", refusals));
    AtomicInteger asked = new AtomicInteger();

    await()
        .atMost(BOUND)
        .until(
            () -> {
              Engine.ask(node, CounterActors.ADD, "bad" + asked.incrementAndGet(), 1);
              return refusals.get() > 0;
            });

    for (int i = 1; i <= asked.get(); i++) {
      String key = "bad" + i;
      await().atMost(BOUND).until(() -> engine.seen(key).equals("[1]"));
      assertThat(commits(key)).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 20261123})
  void order_holds_where_some_go_directly_and_some_do_not(long seed) {
    Node node = following(store -> store, "o0", "o1", "o2", "o3");
    Random random = new Random(seed);
    Map<String, List<Integer>> sent = new HashMap<>();
    List<CompletableFuture<Receipt>> answers = new ArrayList<>();
    for (int n = 1001; n <= 1600; n++) {
      String id = "o" + random.nextInt(4);
      if (random.nextInt(10) == 0) {
        engine.actors.ledger.failures.put(n, new AtomicInteger(1 + random.nextInt(2)));
      }
      sent.computeIfAbsent(id, key -> new ArrayList<>()).add(n);
      answers.add(node.send(SendRequest.to("counter", CounterActors.ADD, Engine.amount(id, n))));
      if (random.nextInt(20) == 0) {
        answers.get(answers.size() - 1).join();
      }
    }
    answers.forEach(CompletableFuture::join);

    sent.forEach(
        (id, numbers) ->
            await()
                .atMost(BOUND)
                .untilAsserted(() -> assertThat(engine.seen(id)).isEqualTo(numbers.toString())));
    await().atMost(BOUND).until(this::nothingIsOwed);
  }

  @Test
  void messages_that_nobody_waits_for_between_keep_their_order() {
    Node node = following(store -> store, "p");
    Iterator<String> keys = neighbours("p", "burst-");
    for (int burst = 0; burst < 60; burst++) {
      String key = keys.next();
      List<Integer> sent = new ArrayList<>();
      for (int n = 1001; n <= 1020; n++) {
        sent.add(n);
        var unused =
            node.send(SendRequest.to("ledger", CounterActors.RECORD, Engine.amount(key, n)));
      }
      await()
          .atMost(BOUND)
          .untilAsserted(() -> assertThat(engine.seen(key)).isEqualTo(sent.toString()));
    }
  }

  /** A node on which deliveries to these keys' instances of the ledger may go directly. */
  private Node following(UnaryOperator<TurnStore> wrap, String... keys) {
    Node node = engine.node(OPTIONS, wrap);
    for (String key : keys) {
      Iterator<String> neighbours = neighbours(key, "near-");
      await().atMost(BOUND).until(() -> isDirect(node, neighbours.next()));
    }
    return node;
  }

  /** Other keys whose instances of the ledger are in the same partition. */
  private static Iterator<String> neighbours(String key, String prefix) {
    int partition = Partitions.of(new ActorAddress("ledger", key));
    return IntStream.iterate(0, i -> i + 1)
        .mapToObj(i -> prefix + key + i)
        .filter(near -> Partitions.of(new ActorAddress("ledger", near)) == partition)
        .iterator();
  }

  /** Whether a turn and its consumer's turn were committed together. */
  private boolean isDirect(Node node, String key) {
    Engine.ask(node, CounterActors.ADD, key, 1);
    await().atMost(BOUND).until(() -> !engine.seen(key).isEmpty());
    return commits(key) == 1;
  }

  /** In how many transactions the turns of a key, whichever the actor, were committed. */
  private long commits(String key) {
    return engine.count("SELECT count(DISTINCT txid) FROM relay.journal WHERE key = '" + key + "'");
  }

  private boolean nothingIsOwed() {
    return engine.count("SELECT count(*) FROM relay.deliveries") == 0;
  }

  /** Refuses a group that writes the states of a counter and of its ledger together. */
  private static TurnStore refusingTogether(TurnStore store, String key, AtomicInteger refusals) {
    return (TurnStore)
        Proxy.newProxyInstance(
            TurnStore.class.getClassLoader(),
            new Class<?>[] {TurnStore.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("commit") && together((CommitGroup) arguments[0], key)) {
                refusals.incrementAndGet();
                throw new StoreException(
                    StoreException.Kind.REJECTED, "no such state, please", new Exception());
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException failure) {
                throw failure.getCause();
              }
            });
  }

  private static boolean together(CommitGroup group, String key) {
    return group.states().stream().filter(write -> write.address().key().startsWith(key)).count()
        > 1;
  }
}
