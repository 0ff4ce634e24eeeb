package dev.relay.chaos.actor;

import dev.relay.actor.Handles;
import dev.relay.actor.Turn;

/** Fails for good on marked messages, which become dead letters; the others go on. */
public final class PoisonActor extends Receiver {
  /** Begins the sender of a dead letter that was mended; such letters come in any order. */
  public static final String MENDED = "mended/";

  @Handles("POISON")
  void poison(Numbered message, Turn<Seen> turn) {
    if (message.mark()) {
      throw new IllegalStateException("poisoned");
    }
    boolean mended = message.from().startsWith(MENDED);
    see(
        turn,
        "poison/" + message.from(),
        track -> mended ? track.any(message.n()) : track.later(message.n()));
  }
}
