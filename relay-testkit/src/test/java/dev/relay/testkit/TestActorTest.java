package dev.relay.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.actor.Handles;
import dev.relay.actor.RelayActor;
import dev.relay.actor.Turn;
import dev.relay.failure.ErrorCode;
import dev.relay.schema.Violation;
import dev.relay.turn.TimerChange;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TestActorTest {
  private static final Path ACTORS = Path.of("src/test/actors");
  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
  private static final Map<String, Object> ONE = Map.of("id", "c1", "by", 1);

  private final TestActor counter = TestActor.of(ACTORS, "counter", new CounterActor());
  private final TestActor tally = TestActor.of(ACTORS, "tally");

  @Test
  void a_turn_shows_reply_state_and_emitted_events() {
    TestTurn turn = counter.at(NOON).when("COUNT", ONE);

    assertThat(turn.reply(Counter.class)).isEqualTo(new Counter(1, NOON));
    assertThat(turn.state(Counter.class)).isEqualTo(new Counter(1, NOON));
    assertThat(turn.emitted("COUNTED").at("/by").intValue()).isEqualTo(1);
    assertThat(turn.emitted().get(0).headers().causation()).isEqualTo(turn.message().id().value());
  }

  @Test
  void a_turn_starts_from_the_state_that_is_given() {
    TestTurn turn = counter.given(new Counter(41, NOON)).when("COUNT", "{\"id\":\"c1\",\"by\":1}");

    assertThat(turn.reply(Counter.class).count()).isEqualTo(42);
  }

  @Test
  void a_turn_follows_the_one_before_unless_that_was_refused() {
    TestTurn refused = counter.when("COUNT", ONE).when("COUNT", Map.of("id", "c1", "by", -5));

    assertThat(refused.refusal().reason()).isEqualTo("BELOW_ZERO");
    assertThat(refused.when("COUNT", ONE).reply(Counter.class).count()).isEqualTo(2);
  }

  @Test
  void an_actor_without_java_receives_events_of_others() {
    TestTurn turn = tally.when("COUNTED", ONE).when("COUNTED", ONE).when("GET_TALLY", ONE);

    assertThat(turn.refusal().violations()).extracting(Violation::pointer).containsExactly("/by");
    assertThat(turn.when("GET_TALLY", Map.of("id", "c1")).reply()).hasToString("{\"sum\":2}");
  }

  @Test
  void timers_that_a_turn_sets_and_calls_off_are_seen() {
    TestTurn turn = tally.at(NOON).when("COUNTED", ONE);

    assertThat(turn.timer("forget").dueAt()).isEqualTo(NOON.plusSeconds(1_800));
    assertThat(turn.timer("forget").message().type()).isEqualTo("FORGET");
    assertThat(turn.emitted()).isEmpty();
    assertThat(turn.when("COUNTED", Map.of("id", "c1", "by", 99)).timers())
        .containsExactly(new TimerChange.CallOff("forget"));
  }

  @Test
  void what_a_node_refuses_is_refused() {
    TestTurn wrongType = counter.when("COUNT", Map.of("id", "c1", "by", "two"));
    TestTurn brokenRule = counter.when("COUNT", Map.of("id", "c1", "by", 0));
    TestTurn noKey = counter.when("COUNT", Map.of("id", "", "by", 1));
    TestTurn undeclared = counter.when("TRESPASS", Map.of("id", "c1"));

    assertThat(wrongType.refusal().code()).isEqualTo(ErrorCode.PAYLOAD_INVALID);
    assertThat(brokenRule.refusal().code()).isEqualTo(ErrorCode.RULE_VIOLATED);
    assertThat(noKey.refusal().code()).isEqualTo(ErrorCode.KEY_MISSING);
    assertThat(undeclared.refusal().code()).isEqualTo(ErrorCode.EMISSION_INVALID);
  }

  @Test
  void asking_for_what_did_not_happen_fails_the_test_and_says_what_did() {
    TestTurn refused = counter.when("COUNT", Map.of("id", "c1", "by", -1));
    TestTurn done = counter.when("COUNT", ONE);
    TestTurn silent = tally.when("COUNTED", ONE);

    assertThatThrownBy(refused::reply)
        .isInstanceOf(AssertionError.class)
        .hasMessage("COUNT was refused: BELOW_ZERO: would be -1");
    assertThatThrownBy(done::refusal).hasMessageStartingWith("COUNT was not refused");
    assertThatThrownBy(() -> done.emitted("OTHER"))
        .hasMessage("COUNT emitted [COUNTED], not one OTHER");
    assertThatThrownBy(silent::reply).hasMessage("COUNTED was answered with nothing");
  }

  @Test
  void a_mistake_of_the_test_is_no_turn() {
    assertThatThrownBy(() -> counter.given(Map.of("count", "many")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("not a state of counter", "/count", "at");
    assertThatThrownBy(() -> counter.when("COUNTED", ONE))
        .hasMessage("counter doesn't receive COUNTED");
    assertThatThrownBy(() -> counter.when("CONUT", ONE)).hasMessage("no definition has CONUT");
    assertThatThrownBy(() -> TestActor.of(ACTORS, "abacus")).hasMessageStartingWith("no actor");
  }

  record Count(String id, int by) {}

  record Counter(int count, Instant at) {}

  static final class CounterActor extends RelayActor<Counter> {
    @Handles("COUNT")
    Counter count(Count command, Turn<Counter> turn) {
      int count = command.by() + turn.state().map(Counter::count).orElse(0);
      if (count < 0) {
        throw turn.refuse("BELOW_ZERO", "would be " + count);
      }
      turn.emit("COUNTED", command);
      return turn.become(new Counter(count, turn.now()));
    }

    @Handles("TRESPASS")
    void trespass(Turn<Counter> turn) {
      turn.emit("COUNTED", new Count(turn.self().key(), 1));
    }
  }
}
