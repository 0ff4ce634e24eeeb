package dev.relay.ask;

import static dev.relay.ask.AskingActors.add;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.relay.Relay;
import dev.relay.RelayBuilder;
import dev.relay.Reply;
import dev.relay.actor.AskFailedException;
import dev.relay.actor.AskRefusedException;
import dev.relay.actor.Turn;
import dev.relay.ask.AskingActors.In;
import dev.relay.ask.AskingActors.Sum;
import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import dev.relay.message.Json;
import dev.relay.node.Receipt;
import dev.relay.node.SendRequest;
import dev.relay.postgres.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Actors that ask each other, on a real Postgres, through the front door of the library. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class AsksIT {
  private static final Duration BOUND = Duration.ofSeconds(30);
  private final TestDatabase database = TestDatabase.create();
  private final AskingActors actors = new AskingActors();
  private final MeterRegistry metrics = new SimpleMeterRegistry();
  private volatile Duration ahead = Duration.ZERO;
  private Relay relay;

  @BeforeEach
  void start(@TempDir Path folder) {
    RelayBuilder builder =
        Relay.builder()
            .postgres(database.jdbcUrl(), database.user(), database.password())
            .clock(() -> Instant.now().plus(ahead))
            .metrics(metrics)
            .actors(AskingActors.definitions(folder));
    actors.actors().forEach(builder::actor);
    relay = builder.start();
  }

  @AfterEach
  void stop() {
    relay.close();
    database.close();
  }

  @Test
  void three_actors_ask_each_other_and_the_trail_leads_back_to_the_request() {
    actors.on("DO_FRONT", (in, turn) -> askThen(turn, "middle", "DO_MIDDLE", in));
    actors.on("DO_MIDDLE", (in, turn) -> askThen(turn, "back", "DO_BACK", in));
    String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    Receipt answer = relay.send(doFront("a", 3).withTrace("the-correlation", trace)).join();

    assertThat(((Receipt.Answered) answer).data()).hasToString("{\"n\":3}");
    assertThat(
            database.strings(
                "SELECT concat_ws(' ', actor, message ->> 'correlation', message ->> 'producer',"
                    + " message ->> 'traceparent') FROM relay.journal ORDER BY actor"))
        .containsExactly(
            "back the-correlation middle " + trace,
            "front the-correlation " + trace,
            "middle the-correlation front " + trace);
    assertThat(
            database.strings(
                "SELECT f.actor || ' caused ' || t.actor FROM relay.journal f JOIN relay.journal t"
                    + " ON t.message ->> 'causation' = f.message ->> 'id' ORDER BY 1"))
        .containsExactly("front caused middle", "middle caused back");
  }

  @Test
  void a_handler_that_is_not_declared_to_wait_learns_what_to_write() {
    actors.on("PURE_FRONT", (in, turn) -> askThen(turn, "middle", "DO_MIDDLE", in));

    assertThatThrownBy(() -> relay.ask("front", "PURE_FRONT", new In("a", 1)))
        .isInstanceOfSatisfying(
            RelayException.class,
            failure -> {
              assertThat(failure.code()).isEqualTo(ErrorCode.ASK_UNDECLARED);
              assertThat(failure).hasMessageContaining("@Handles(value = \"PURE_FRONT\", waits");
            });
  }

  @Test
  void an_ask_that_is_not_declared_is_refused_and_its_delivery_is_not_retried() {
    actors.on("TELL_FRONT", (in, turn) -> askThen(turn, "back", "DO_BACK", in));
    relay.tell("front", "TELL_FRONT", new In("a", 1));

    awaitDead("a");
    assertThat(lastError("a"))
        .startsWith("1 RLY-2109")
        .contains("dependencies: { back: { events: [DO_BACK, SLOW_BACK] } }");
    assertThat(actors.runs("DO_BACK", "a")).isZero();
  }

  @Test
  void a_query_asks_queries_only() {
    actors.on("LOOK_FRONT", (in, turn) -> turn.ask("middle", "LOOK_MIDDLE", in).as(Sum.class));
    assertThat(relay.ask("front", "LOOK_FRONT", new In("a", 0)).as(Sum.class).n()).isZero();

    actors.on("LOOK_FRONT", (in, turn) -> turn.ask("middle", "DO_MIDDLE", in).as(Sum.class));
    assertThatThrownBy(() -> relay.ask("front", "LOOK_FRONT", new In("a", 0)))
        .hasMessageContaining("LOOK_FRONT is a query");
    assertThat(actors.runs("DO_MIDDLE", "a")).isZero();
  }

  @Test
  void a_ring_is_refused_at_once_and_named() {
    actors.on("DO_FRONT", (in, turn) -> askThen(turn, "middle", "DO_MIDDLE", in));
    actors.on("DO_MIDDLE", (in, turn) -> askThen(turn, "back", "DO_BACK", in));
    actors.on("DO_BACK", (in, turn) -> askThen(turn, "front", "DO_FRONT", in));

    assertThatThrownBy(() -> relay.ask("front", "DO_FRONT", new In("a", 1)))
        .isInstanceOfSatisfying(
            RelayException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.ASK_RING))
        .hasMessageContaining("front/a asks middle/a asks back/a asks front/a");
    assertThat(database.strings("SELECT actor FROM relay.actor_state")).isEmpty();
  }

  @Test
  void of_two_turns_that_ask_each_other_one_gives_way_at_once_and_the_other_is_answered() {
    CyclicBarrier both = new CyclicBarrier(2);
    actors.on(
        "DO_FRONT",
        (in, turn) -> {
          meet(both, actors.runs("DO_FRONT", "a") == 1 && in.n() == 1);
          return in.n() == 1 ? askThen(turn, "middle", "DO_MIDDLE", new In("a", 7)) : add(in, turn);
        });
    actors.on("DO_MIDDLE", (in, turn) -> askThen(turn, "back", "DO_BACK", in));
    actors.on(
        "DO_BACK",
        (in, turn) -> {
          meet(both, actors.runs("DO_BACK", "a") == 1 && in.n() == 2);
          return in.n() == 2 ? askThen(turn, "front", "DO_FRONT", new In("a", 8)) : add(in, turn);
        });
    CompletableFuture<Reply> one = relay.askAsync("front", "DO_FRONT", new In("a", 1));
    CompletableFuture<Reply> two = relay.askAsync("back", "DO_BACK", new In("a", 2));

    CompletableFuture.allOf(one.exceptionally(x -> null), two.exceptionally(x -> null))
        .orTimeout(10, TimeUnit.SECONDS) // each ask may take 20
        .join();

    assertThat(one.isCompletedExceptionally()).isNotEqualTo(two.isCompletedExceptionally());
    assertThatThrownBy(() -> (one.isCompletedExceptionally() ? one : two).join())
        .cause()
        .isInstanceOfSatisfying(
            RelayException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.ASK_CROSSING))
        .hasMessageContaining("waits for");
  }

  private static void meet(CyclicBarrier barrier, boolean now) throws Exception {
    if (now) {
      barrier.await(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void asks_that_get_deeper_and_deeper_end() {
    actors.on("DO_FRONT", (in, turn) -> askThen(turn, "middle", "DO_MIDDLE", deeper(in)));
    actors.on("DO_MIDDLE", (in, turn) -> askThen(turn, "back", "DO_BACK", deeper(in)));
    actors.on("DO_BACK", (in, turn) -> askThen(turn, "front", "DO_FRONT", deeper(in)));

    assertThatThrownBy(() -> relay.ask("front", "DO_FRONT", new In("a", 0)))
        .isInstanceOfSatisfying(
            RelayException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.ASK_RING));
    assertThat(actors.runs).hasSize(33);
  }

  @Test
  void a_turn_that_lost_the_race_asks_again_and_gets_the_recorded_answer() {
    relay.ask("front", "DO_FRONT", new In("a", 1));
    actors.on(
        "DO_FRONT",
        (in, turn) -> {
          Sum asked = turn.ask("middle", "DO_MIDDLE", in).as(Sum.class);
          Sum again = turn.ask("middle", "DO_MIDDLE", in).as(Sum.class);
          if (actors.runs("DO_FRONT", "a") == 2) {
            database.sql("UPDATE relay.actor_state SET version = 7 WHERE actor = 'front'");
          }
          return turn.become(new Sum(asked.n() * 100 + again.n()));
        });

    Sum answer = relay.ask("front", "DO_FRONT", new In("a", 4)).as(Sum.class);

    assertThat(actors.runs("DO_FRONT", "a")).as("the first, the loser, its repeat").isEqualTo(3);
    assertThat(actors.runs("DO_MIDDLE", "a")).as("two asks, each once").isEqualTo(2);
    assertThat(answer.n()).isEqualTo(408);
    assertThat(state("middle", "a")).isEqualTo("8");
  }

  @Test
  void a_delivery_that_fails_after_its_ask_does_not_repeat_it() {
    actors.on(
        "TELL_FRONT",
        (in, turn) -> {
          Sum asked = turn.ask("middle", "DO_MIDDLE", in).as(Sum.class);
          if (actors.runs("TELL_FRONT", "a") < 3) {
            throw new IllegalStateException("broken on purpose");
          }
          return turn.become(asked);
        });

    relay.tell("front", "TELL_FRONT", new In("a", 5));

    await().atMost(BOUND).untilAsserted(() -> assertThat(state("front", "a")).isEqualTo("5"));
    assertThat(actors.runs("TELL_FRONT", "a")).isEqualTo(3);
    assertThat(actors.runs("DO_MIDDLE", "a")).isEqualTo(1);
    assertThat(state("middle", "a")).isEqualTo("5");
  }

  @Test
  void a_client_that_repeats_a_failed_request_does_not_repeat_its_asks() {
    actors.on(
        "DO_FRONT",
        (in, turn) -> {
          Sum asked = turn.ask("middle", "DO_MIDDLE", in).as(Sum.class);
          if (actors.runs("DO_FRONT", "a") == 1) {
            throw new IllegalStateException("broken on purpose");
          }
          return turn.become(asked);
        });
    SendRequest request = doFront("a", 6).withRequestId("the-request");
    assertThatThrownBy(() -> relay.send(request).join()).hasMessageContaining("broken on purpose");

    Receipt.Answered answer = (Receipt.Answered) relay.send(request).join();

    assertThat(answer.data()).hasToString("{\"n\":6}");
    assertThat(actors.runs("DO_MIDDLE", "a")).isEqualTo(1);
  }

  @Test
  void an_ask_that_differs_from_the_recorded_one_is_refused_and_not_done_again() {
    actors.on(
        "TELL_FRONT",
        (in, turn) -> {
          int run = (int) actors.runs("TELL_FRONT", "a");
          turn.ask("middle", "DO_MIDDLE", new In("a", run));
          throw new IllegalStateException("broken on purpose");
        });

    relay.tell("front", "TELL_FRONT", new In("a", 5));

    awaitDead("a");
    assertThat(lastError("a"))
        .startsWith("2 RLY-2111: RLY-2201: middle refused DO_MIDDLE: when this turn ran before");
    assertThat(state("middle", "a")).isEqualTo("1");
  }

  @Test
  void a_refusal_can_be_caught_and_tells_code_reason_and_violations() {
    actors.on(
        "DO_MIDDLE",
        (in, turn) -> {
          throw turn.refuse("OUT_OF_STOCK", "has 0, asked for " + in.n());
        });
    AtomicReference<AskRefusedException> word = new AtomicReference<>();
    AtomicReference<AskRefusedException> rule = new AtomicReference<>();
    actors.on(
        "DO_FRONT",
        (in, turn) -> {
          word.set(refusal(turn, in));
          rule.set(refusal(turn, new In("a", 1000)));
          return turn.become(new Sum(-1));
        });

    assertThat(relay.ask("front", "DO_FRONT", new In("a", 2)).as(Sum.class).n()).isEqualTo(-1);

    assertThat(word.get().code()).isEqualTo(ErrorCode.REFUSED);
    assertThat(word.get().reason()).contains("OUT_OF_STOCK");
    assertThat(word.get()).hasMessage("middle refused DO_MIDDLE: has 0, asked for 2");
    assertThat(rule.get().code()).isEqualTo(ErrorCode.RULE_VIOLATED);
    assertThat(rule.get().violations()).hasSize(1);
  }

  @Test
  void a_refusal_that_is_not_caught_reaches_the_caller_and_ends_a_delivery() {
    actors.on("DO_FRONT", (in, turn) -> askThen(turn, "middle", "DO_MIDDLE", in));
    actors.on("TELL_FRONT", (in, turn) -> askThen(turn, "middle", "DO_MIDDLE", in));
    actors.on(
        "DO_MIDDLE",
        (in, turn) -> {
          throw turn.refuse("OUT_OF_STOCK", "has 0");
        });

    assertThatThrownBy(() -> relay.ask("front", "DO_FRONT", new In("a", 2)))
        .isInstanceOfSatisfying(
            RelayException.class,
            failure -> {
              assertThat(failure.code()).isEqualTo(ErrorCode.REFUSED);
              assertThat(failure.reason()).contains("OUT_OF_STOCK");
            });
    relay.tell("front", "TELL_FRONT", new In("b", 2));
    awaitDead("b");
    assertThat(lastError("b")).startsWith("1 RLY-2107 OUT_OF_STOCK: middle refused DO_MIDDLE");
  }

  @Test
  void a_payload_that_the_handler_got_wrong_is_not_the_callers_fault() {
    actors.on(
        "DO_FRONT",
        (in, turn) -> {
          turn.ask("middle", "DO_MIDDLE", Json.mapper().readTree("{\"id\": \"a\", \"n\": \"x\"}"));
          return new Sum(0);
        });

    assertThatThrownBy(() -> relay.ask("front", "DO_FRONT", new In("a", 2)))
        .isInstanceOfSatisfying(
            RelayException.class,
            failure -> {
              assertThat(failure.code()).isEqualTo(ErrorCode.ASK_REFUSED);
              assertThat(failure.violations()).hasSize(1);
            })
        .hasMessageStartingWith("RLY-2101: middle refused DO_MIDDLE");
  }

  @Test
  void an_ask_ends_with_the_time_of_the_one_who_asked_first() throws InterruptedException {
    CountDownLatch gate = new CountDownLatch(1);
    CompletableFuture<Throwable> inside = new CompletableFuture<>();
    actors.on(
        "DO_FRONT",
        (in, turn) -> {
          try {
            return turn.ask("middle", "DO_MIDDLE", in).as(Sum.class);
          } catch (AskFailedException failure) {
            inside.complete(failure);
            throw failure;
          }
        });
    actors.on("DO_MIDDLE", (in, turn) -> gated(gate, in, turn));

    assertThatThrownBy(() -> relay.send(doFront("a", 1).withTimeout(Duration.ofMillis(300))).join())
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOfSatisfying(
            RelayException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.TIMED_OUT));
    // the dependency allows 20 s; the gate is still closed
    assertThat(inside.orTimeout(10, TimeUnit.SECONDS).join())
        .isInstanceOfSatisfying(
            AskFailedException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.TIMED_OUT));
    gate.countDown();
  }

  @Test
  void a_delivery_whose_ask_timed_out_is_retried_until_it_is_answered() {
    CountDownLatch gate = new CountDownLatch(1);
    actors.on("SLOW_BACK", (in, turn) -> gated(gate, in, turn));
    actors.on(
        "TELL_FRONT",
        (in, turn) -> {
          if (actors.runs("TELL_FRONT", "a") == 2) {
            gate.countDown();
          }
          turn.ask("back", "SLOW_BACK", in);
          return turn.become(new Sum(in.n()));
        });

    relay.tell("front", "TELL_FRONT", new In("a", 9));

    await().atMost(BOUND).untilAsserted(() -> assertThat(state("front", "a")).isEqualTo("9"));
    assertThat(actors.runs("TELL_FRONT", "a")).isGreaterThanOrEqualTo(2);
  }

  @Test
  void a_dependency_that_stays_silent_is_not_asked_until_a_probe_is_answered() {
    CountDownLatch gate = new CountDownLatch(1);
    actors.on("SLOW_BACK", (in, turn) -> gated(gate, in, turn));
    actors.on("DO_FRONT", (in, turn) -> turn.ask("back", "SLOW_BACK", in).as(Sum.class));
    for (int i = 1; i <= 3; i++) {
      assertThat(failureOf("silent-" + i).code()).isEqualTo(ErrorCode.TIMED_OUT);
    }

    RelayException open = failureOf("open");
    assertThat(open.code()).isEqualTo(ErrorCode.CIRCUIT_OPEN);
    assertThat(open.retryAfter())
        .get()
        .satisfies(time -> assertThat(time).isGreaterThan(ofMinutes(50)));
    assertThat(actors.runs("SLOW_BACK", "open")).isZero();
    assertThat(metrics.get("relay.asks.breaker").gauge().value()).isEqualTo(2);

    ahead = ofMinutes(61);
    assertThat(failureOf("probe").code()).as("the probe").isEqualTo(ErrorCode.TIMED_OUT);
    assertThat(failureOf("open-again").code()).isEqualTo(ErrorCode.CIRCUIT_OPEN);

    gate.countDown();
    await()
        .atMost(BOUND)
        .until(
            () -> {
              ahead = ahead.plusMinutes(61);
              return succeeds("answered");
            });
    assertThat(metrics.get("relay.asks.breaker").gauge().value()).isZero();
    assertThat(asks("not_asked")).isGreaterThanOrEqualTo(2);
    assertThat(asks("timed_out")).isGreaterThanOrEqualTo(4);
  }

  private boolean succeeds(String id) {
    try {
      relay.ask("front", "DO_FRONT", new In(id, 1));
      return true;
    } catch (RelayException slow) {
      return false;
    }
  }

  @Test
  void refusals_never_open_the_breaker() {
    actors.on("DO_FRONT", (in, turn) -> turn.ask("back", "SLOW_BACK", in).as(Sum.class));
    actors.on(
        "SLOW_BACK",
        (in, turn) -> {
          throw turn.refuse("NO", "no");
        });

    for (int i = 1; i <= 10; i++) {
      assertThat(failureOf("no-" + i).code()).isNotEqualTo(ErrorCode.CIRCUIT_OPEN);
    }
  }

  @Test
  void a_caller_in_a_hurry_does_not_open_the_breaker() {
    CountDownLatch gate = new CountDownLatch(1);
    actors.on("DO_FRONT", (in, turn) -> turn.ask("back", "SLOW_BACK", in).as(Sum.class));
    actors.on("SLOW_BACK", (in, turn) -> gated(gate, in, turn));
    await()
        .atMost(BOUND)
        .until(
            () -> {
              String id = "hurried-" + actors.runs.size();
              SendRequest hurried = doFront(id, 1).withTimeout(Duration.ofMillis(100));
              assertThatThrownBy(() -> relay.send(hurried).join()).hasMessageContaining("within");
              return asks("timed_out") >= 5;
            });
    gate.countDown();

    assertThat(metrics.get("relay.asks.breaker").gauge().value()).isZero();
  }

  private long asks(String outcome) {
    return metrics.find("relay.asks").tag("outcome", outcome).timers().stream()
        .mapToLong(Timer::count)
        .sum();
  }

  private RelayException failureOf(String id) {
    return catchThrowableOfType(
        RelayException.class, () -> relay.ask("front", "DO_FRONT", new In(id, 1)));
  }

  private static Sum gated(CountDownLatch gate, In in, Turn<Sum> turn) throws InterruptedException {
    if (!gate.await(20, TimeUnit.SECONDS)) {
      throw new IllegalStateException("nobody opened the gate");
    }
    return AskingActors.look(in, turn);
  }

  private static Sum askThen(Turn<Sum> turn, String actor, String event, In payload) {
    return turn.become(turn.ask(actor, event, payload).as(Sum.class));
  }

  private static AskRefusedException refusal(Turn<Sum> turn, In payload) {
    try {
      turn.ask("middle", "DO_MIDDLE", payload);
      throw new AssertionError("was answered");
    } catch (AskRefusedException refusal) {
      return refusal;
    }
  }

  private static In deeper(In in) {
    return new In("a" + (in.n() + 1), in.n() + 1);
  }

  private static SendRequest doFront(String id, int n) {
    return SendRequest.to("front", "DO_FRONT", Json.mapper().valueToTree(new In(id, n)));
  }

  private String state(String actor, String key) {
    String query = "SELECT state ->> 'n' FROM relay.actor_state WHERE actor = '%s' AND key = '%s'";
    return String.join(" ", database.strings(query.formatted(actor, key)));
  }

  private void awaitDead(String key) {
    String query = "SELECT 1 FROM relay.deliveries WHERE status = 'dead' AND key = '" + key + "'";
    await().atMost(BOUND).until(() -> !database.strings(query).isEmpty());
  }

  private String lastError(String key) {
    return String.join(
        "",
        database.strings(
            "SELECT attempt || ' ' || last_error FROM relay.deliveries WHERE key = '" + key + "'"));
  }
}
