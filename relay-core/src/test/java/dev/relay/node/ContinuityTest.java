package dev.relay.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.message.ActorAddress;
import dev.relay.store.StateWrite;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** A delivery is handed past Postgres only where nothing earlier of its sender can wait there. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ContinuityTest {
  private static final ActorAddress SENDER = new ActorAddress("source", "s1");
  private long now = 100;
  private final Continuity continuity = new Continuity(() -> now);

  @Test
  void a_sender_whose_first_turn_was_here_escaped_never() {
    turn(0, 2, true);
    turn(2, 3, true);

    assertThat(continuity.since(SENDER)).isEqualTo(Continuity.ALWAYS);
  }

  @Test
  void a_sender_that_comes_from_another_node_counts_from_its_first_turn_here() {
    turn(7, 8, true);
    now = 200;
    turn(8, 9, true);

    assertThat(continuity.since(SENDER)).isEqualTo(100);
  }

  @Test
  void a_turn_between_that_this_node_did_not_see_begins_anew() {
    turn(0, 1, true);
    now = 200;
    turn(2, 3, true);

    assertThat(continuity.since(SENDER)).isEqualTo(200);
  }

  @Test
  void a_node_that_never_had_others_need_not_read_what_its_predecessor_left_twice() {
    turn(7, 8, false);

    assertThat(continuity.since(SENDER)).isEqualTo(Continuity.ALWAYS);
  }

  @Test
  void what_a_lone_node_itself_did_not_hear_of_counts_too() {
    turn(7, 8, false);
    turn(9, 10, false);

    assertThat(continuity.since(SENDER)).isEqualTo(100);
  }

  @Test
  void what_a_turn_to_come_emits_is_judged_as_if_it_were_written() {
    assertThat(continuity.since(SENDER, 0, true)).isEqualTo(Continuity.ALWAYS);
    assertThat(continuity.since(SENDER, 7, true)).as("from another node").isEqualTo(100);
    assertThat(continuity.since(SENDER, 7, false)).isEqualTo(Continuity.ALWAYS);

    turn(7, 8, true);
    now = 200;
    assertThat(continuity.since(SENDER, 8, true)).isEqualTo(100);
    assertThat(continuity.since(SENDER, 9, true)).as("9 was another node's").isEqualTo(200);
  }

  private void turn(long base, long version, boolean shared) {
    continuity.committed(new StateWrite(SENDER, base, version, "{}"), shared);
  }
}
