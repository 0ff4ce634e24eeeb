package dev.relay.chaos.actor;

import dev.relay.actor.Handles;
import dev.relay.actor.Turn;

/** Fails for good on marked messages, which become dead letters; the others go on. */
final class PoisonActor extends Receiver {
  @Handles("POISON")
  void poison(Numbered message, Turn<Seen> turn) {
    if (message.mark()) {
      throw new IllegalStateException("poisoned");
    }
    see(turn, "poison/" + message.from(), track -> track.later(message.n()));
  }
}
