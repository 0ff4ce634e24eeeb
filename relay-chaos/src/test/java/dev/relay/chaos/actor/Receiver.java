package dev.relay.chaos.actor;

import dev.relay.actor.RelayActor;
import dev.relay.actor.Turn;
import java.util.function.UnaryOperator;

/** Keeps book of what it sees; never refuses what is wrong, so that the oracle gets to see it. */
abstract class Receiver extends RelayActor<Seen> {
  static void see(Turn<Seen> turn, String line, UnaryOperator<Track> change) {
    turn.become(turn.state().orElse(Seen.NOTHING).with(line, change));
  }
}
