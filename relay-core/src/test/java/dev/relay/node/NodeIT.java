package dev.relay.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import dev.relay.message.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The engine on a real Postgres. Each test has keys of its own. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class NodeIT {
  private static final Duration BOUND = Duration.ofSeconds(20);
  private static Engine engine;
  private static Node node;

  @BeforeAll
  static void start() {
    engine = new Engine();
    node = engine.node();
  }

  @AfterAll
  static void stop() {
    engine.close();
  }

  @Test
  void a_turn_writes_state_journal_and_deliveries_and_answers() {
    Receipt.Answered answer = Engine.ask(node, CounterActors.ADD, "one", 5);

    assertThat(answer.data()).hasToString("{\"total\":5,\"turns\":1}");
    assertThat(answer.emitted()).containsExactly(CounterActors.ADDED);
    assertThat(engine.sql("SELECT state ->> 'total' FROM relay.actor_state WHERE key = 'one'"))
        .isEqualTo("5");
    assertThat(
            engine.count(
                "SELECT count(*) FROM relay.journal WHERE key = 'one' AND actor = 'counter'"))
        .isEqualTo(1);
    await().atMost(BOUND).untilAsserted(() -> assertThat(engine.seen("one")).isEqualTo("[5]"));
    await()
        .atMost(BOUND)
        .untilAsserted(
            () ->
                assertThat(engine.count("SELECT count(*) FROM relay.deliveries WHERE key = 'one'"))
                    .isZero());
  }

  @Test
  void a_hundred_adds_to_one_key_at_once_lose_nothing_and_reach_the_consumer_in_order() {
    List<CompletableFuture<Receipt>> answers = new ArrayList<>();
    for (int i = 1; i <= 100; i++) {
      answers.add(
          node.send(SendRequest.to("counter", CounterActors.ADD, Engine.amount("hot", i * 1_000))));
    }
    answers.forEach(CompletableFuture::join);

    Receipt.Answered sum = Engine.ask(node, CounterActors.GET, "hot", 0);
    assertThat(sum.data()).hasToString("{\"total\":5050000,\"turns\":100}");
    String inOrder =
        IntStream.rangeClosed(1, 100)
            .mapToObj(i -> String.valueOf(i * 1_000))
            .collect(Collectors.joining(", ", "[", "]"));
    await().atMost(BOUND).untilAsserted(() -> assertThat(engine.seen("hot")).isEqualTo(inOrder));
  }

  @Test
  void the_same_request_id_changes_the_state_once_and_answers_alike() {
    SendRequest request =
        SendRequest.to("counter", CounterActors.ADD, Engine.amount("twice", 7))
            .withRequestId("req-twice");
    List<CompletableFuture<Receipt>> atOnce = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      atOnce.add(node.send(request));
    }
    List<Receipt> answers = atOnce.stream().map(CompletableFuture::join).toList();
    Receipt later = Engine.await(node, request);

    assertThat(answers).extracting(Receipt::id).containsOnly(later.id());
    assertThat(answers)
        .extracting(answer -> String.valueOf(((Receipt.Answered) answer).data()))
        .containsOnly("{\"total\":7,\"turns\":1}");
    assertThat(((Receipt.Answered) later).repeated()).isTrue();
    assertThat(((Receipt.Answered) later).emitted()).containsExactly(CounterActors.ADDED);
  }

  @Test
  void the_same_request_id_with_another_payload_is_refused() {
    SendRequest first =
        SendRequest.to("counter", CounterActors.ADD, Engine.amount("conflict", 1))
            .withRequestId("req-conflict");
    Engine.await(node, first);

    SendRequest other =
        SendRequest.to("counter", CounterActors.ADD, Engine.amount("conflict", 2))
            .withRequestId("req-conflict");
    assertThatThrownBy(() -> Engine.await(node, other))
        .isInstanceOfSatisfying(
            RelayException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.REQUEST_ID_CONFLICT));
    SendRequest elsewhere =
        SendRequest.to("counter", CounterActors.ADD, Engine.amount("conflict-2", 1))
            .withRequestId("req-conflict");
    assertThatThrownBy(() -> Engine.await(node, elsewhere))
        .isInstanceOfSatisfying(
            RelayException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.REQUEST_ID_CONFLICT));
    assertThat(engine.sql("SELECT state ->> 'total' FROM relay.actor_state WHERE key = 'conflict'"))
        .isEqualTo("1");
  }

  @Test
  void a_refusal_or_a_broken_handler_answers_the_caller_and_writes_nothing() {
    assertThatThrownBy(
            () -> Engine.ask(node, CounterActors.ADD, "refused", CounterActors.Counter.UNLUCKY))
        .isInstanceOfSatisfying(
            RelayException.class,
            failure -> {
              assertThat(failure.code()).isEqualTo(ErrorCode.REFUSED);
              assertThat(failure.reason()).contains("UNLUCKY");
            });
    assertThatThrownBy(
            () -> Engine.ask(node, CounterActors.ADD, "refused", CounterActors.Counter.BROKEN))
        .isInstanceOfSatisfying(
            RelayException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.HANDLER_FAILED));
    assertThat(engine.count("SELECT count(*) FROM relay.actor_state WHERE key = 'refused'"))
        .isZero();
    assertThat(engine.count("SELECT count(*) FROM relay.journal WHERE key = 'refused'")).isZero();
  }

  @Test
  void a_payload_that_breaks_its_schema_is_refused_before_anything_is_written() {
    SendRequest request =
        SendRequest.to(
            "counter",
            CounterActors.ADD,
            Json.mapper().readTree("{\"id\": \"bad\", \"n\": \"two\", \"extra\": 1}"));

    assertThatThrownBy(() -> Engine.await(node, request))
        .isInstanceOfSatisfying(
            RelayException.class,
            failure -> {
              assertThat(failure.code()).isEqualTo(ErrorCode.PAYLOAD_INVALID);
              assertThat(failure.violations()).hasSize(2);
            });
    assertThat(engine.count("SELECT count(*) FROM relay.actor_state WHERE key = 'bad'")).isZero();
  }

  @Test
  void a_failing_delivery_is_retried_in_order_and_holds_back_only_its_own_key() {
    engine.actors.ledger.failures.put(71, new java.util.concurrent.atomic.AtomicInteger(2));
    Engine.ask(node, CounterActors.ADD, "retry", 71);
    Engine.ask(node, CounterActors.ADD, "retry", 72);
    Engine.ask(node, CounterActors.ADD, "other", 73);

    await().atMost(BOUND).untilAsserted(() -> assertThat(engine.seen("other")).isEqualTo("[73]"));
    await()
        .atMost(BOUND)
        .untilAsserted(() -> assertThat(engine.seen("retry")).isEqualTo("[71, 72]"));
  }

  @Test
  void a_delivery_that_used_up_its_attempts_is_a_dead_letter_and_the_next_one_goes_on() {
    engine.actors.ledger.failures.put(81, new java.util.concurrent.atomic.AtomicInteger(1_000));
    Engine.ask(node, CounterActors.ADD, "poison", 81);
    Engine.ask(node, CounterActors.ADD, "poison", 82);

    await().atMost(BOUND).untilAsserted(() -> assertThat(engine.seen("poison")).isEqualTo("[82]"));
    assertThat(
            engine.sql(
                "SELECT status || ' ' || attempt || ' ' || last_error FROM relay.deliveries WHERE"
                    + " key = 'poison'"))
        .startsWith("dead 3 RLY-5001")
        .contains("not yet");
  }

  @Test
  void a_tell_from_outside_is_written_down_before_it_is_accepted_and_then_applied() {
    Receipt receipt =
        Engine.await(
            node,
            SendRequest.to("ledger", CounterActors.RECORD, Engine.amount("told", 4))
                .withRequestId("tell-1"));
    Receipt again =
        Engine.await(
            node,
            SendRequest.to("ledger", CounterActors.RECORD, Engine.amount("told", 4))
                .withRequestId("tell-1"));

    assertThat(receipt).isInstanceOf(Receipt.Accepted.class);
    assertThat(again.id()).isEqualTo(receipt.id());
    await().atMost(BOUND).untilAsserted(() -> assertThat(engine.seen("told")).isEqualTo("[4]"));
  }

  @Test
  void a_waiting_handler_holds_back_its_own_key_only() {
    engine.actors.counter.gate = new CountDownLatch(1);
    CompletableFuture<Receipt> slow =
        node.send(SendRequest.to("counter", CounterActors.ADD_SLOWLY, Engine.amount("slow", 1)));
    CompletableFuture<Receipt> behind =
        node.send(SendRequest.to("counter", CounterActors.ADD, Engine.amount("slow", 2)));

    Engine.ask(node, CounterActors.ADD, "quick", 3);
    assertThat(slow).isNotDone();
    assertThat(behind).isNotDone();
    engine.actors.counter.gate.countDown();
    assertThat(((Receipt.Answered) slow.join()).data()).hasToString("{\"total\":1,\"turns\":1}");
    assertThat(((Receipt.Answered) behind.join()).data()).hasToString("{\"total\":3,\"turns\":2}");
  }

  @Test
  void a_query_writes_nothing() {
    Engine.ask(node, CounterActors.GET, "nobody", 0);
    assertThat(engine.count("SELECT count(*) FROM relay.actor_state WHERE key = 'nobody'"))
        .isZero();
    assertThat(engine.count("SELECT count(*) FROM relay.journal WHERE key = 'nobody'")).isZero();
  }
}
