package dev.relay.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two nodes that know nothing of each other write the same instances: the data keeps them apart.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TwoNodesIT {
  private static final Duration BOUND = Duration.ofSeconds(60);
  private static Engine engine;
  private static Node first;
  private static Node second;

  @BeforeAll
  static void start() {
    engine = new Engine();
    first = engine.node();
    second = engine.node();
  }

  @AfterAll
  static void stop() {
    engine.close();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 20261123})
  void every_message_is_applied_exactly_once_and_every_query_sees_what_was_answered(long seed) {
    Random random = new Random(seed);
    long[] expected = new long[5];
    int[] turns = new int[5];
    List<CompletableFuture<Receipt>> answers = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      int key = random.nextInt(expected.length);
      int n = 1_000 + i;
      expected[key] += n;
      turns[key]++;
      Node node = random.nextBoolean() ? first : second;
      answers.add(
          node.send(
              SendRequest.to(
                  "counter", CounterActors.ADD, Engine.amount("k" + seed + "-" + key, n))));
      if (random.nextInt(20) == 0) {
        answers.forEach(CompletableFuture::join);
      }
    }
    answers.forEach(CompletableFuture::join);

    for (int key = 0; key < expected.length; key++) {
      String id = "k" + seed + "-" + key;
      String sum = "{\"total\":" + expected[key] + ",\"turns\":" + turns[key] + "}";
      assertThat(Engine.ask(first, CounterActors.GET, id, 0).data()).hasToString(sum);
      assertThat(Engine.ask(second, CounterActors.GET, id, 0).data()).hasToString(sum);
      assertThat(
              engine.count(
                  "SELECT count(DISTINCT version) FROM relay.journal WHERE actor = 'counter' AND"
                      + " key = '"
                      + id
                      + "'"))
          .isEqualTo(turns[key]);
      long total = expected[key];
      await()
          .atMost(BOUND)
          .untilAsserted(
              () ->
                  assertThat(
                          engine.count(
                              "SELECT coalesce(sum(n::int), 0) FROM relay.actor_state,"
                                  + " jsonb_array_elements_text(state -> 'seen') AS n WHERE actor ="
                                  + " 'ledger' AND key = '"
                                  + id
                                  + "'"))
                      .isEqualTo(total));
    }
  }

  @Test
  void a_request_that_handlers_of_two_nodes_wait_on_is_done_once_and_answered_alike() {
    engine.actors.counter.gate = new CountDownLatch(1);
    int before = engine.actors.counter.slowRuns.get();
    SendRequest request =
        SendRequest.to("counter", CounterActors.ADD_SLOWLY, Engine.amount("both", 5))
            .withRequestId("on-both-nodes");
    CompletableFuture<Receipt> here = first.send(request);
    CompletableFuture<Receipt> there = second.send(request);
    await().atMost(BOUND).until(() -> engine.actors.counter.slowRuns.get() == before + 2);

    engine.actors.counter.gate.countDown();

    assertThat(here.join().id()).isEqualTo(there.join().id());
    assertThat(engine.sql("SELECT state ->> 'total' FROM relay.actor_state WHERE key = 'both'"))
        .isEqualTo("5");
  }
}
