package dev.relay.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.actor.AskFailedException;
import dev.relay.actor.Handles;
import dev.relay.actor.RelayActor;
import dev.relay.actor.Turn;
import dev.relay.failure.ErrorCode;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TestAsksTest {
  private static final Map<String, Object> ONE = Map.of("id", "b1");

  private final TestActor buyer = TestActor.of(Path.of("src/test/actors"), "buyer", new Buyer());

  @Test
  void an_ask_gets_the_scripted_answer_and_is_noted_down() {
    TestTurn turn = buyer.answering("tally", "GET_TALLY", Map.of("sum", 7)).when("BUY", ONE);

    assertThat(turn.reply(Sum.class).sum()).isEqualTo(7);
    assertThat(turn.asked()).hasSize(1);
    assertThat(turn.asked().get(0).payload()).hasToString("{\"id\":\"b1\"}");
  }

  @Test
  void an_answer_may_follow_from_the_payload() {
    TestTurn turn =
        buyer
            .answering(
                "tally", "GET_TALLY", asked -> Map.of("sum", asked.at("/id").asString().length()))
            .when("BUY", ONE);

    assertThat(turn.state(Sum.class).sum()).isEqualTo(2);
  }

  @Test
  void a_scripted_refusal_refuses_the_turn_and_silence_fails_it() {
    TestActor refused = buyer.refusing("tally", "GET_TALLY", "CLOSED", "closed today");
    TestActor silent = buyer.silent("tally", "GET_TALLY");

    assertThat(refused.when("BUY", ONE).refusal().reason()).isEqualTo("CLOSED");
    assertThat(silent.when("BUY", ONE).failure())
        .isInstanceOfSatisfying(
            AskFailedException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.TIMED_OUT));
  }

  @Test
  void what_a_node_refuses_to_ask_is_refused() {
    TestActor answered = buyer.answering("tally", "GET_TALLY", Map.of("sum", 7));

    assertThat(answered.when("BUY_AT_ONCE", ONE).refusal().message())
        .contains("@Handles(value = \"BUY_AT_ONCE\", waits = true)");
    assertThat(answered.when("BUY_BADLY", ONE).refusal().code()).isEqualTo(ErrorCode.ASK_REFUSED);
  }

  @Test
  void an_ask_that_nobody_scripted_and_an_impossible_answer_fail_the_test() {
    assertThat(buyer.when("BUY", ONE).failure())
        .hasMessage("nobody answers tally GET_TALLY; say what with TestActor.answering");
    assertThat(buyer.answering("tally", "GET_TALLY", Map.of("sum", "x")).when("BUY", ONE).failure())
        .hasMessageStartingWith("no answer of tally to GET_TALLY");
  }

  record Id(String id) {}

  record Sum(int sum) {}

  static final class Buyer extends RelayActor<Sum> {
    @Handles(value = "BUY", waits = true)
    Sum buy(Id id, Turn<Sum> turn) {
      return turn.become(turn.ask("tally", "GET_TALLY", id).as(Sum.class));
    }

    @Handles("BUY_AT_ONCE")
    void buyAtOnce(Id id, Turn<Sum> turn) {
      turn.ask("tally", "GET_TALLY", id);
    }

    @Handles(value = "BUY_BADLY", waits = true)
    void buyBadly(Turn<Sum> turn) {
      turn.ask("tally", "GET_TALLY", Map.of("id", 1));
    }
  }
}
