package dev.relay.chaos.actor;

import dev.relay.actor.Handles;
import dev.relay.actor.Turn;
import java.util.concurrent.ThreadLocalRandom;

/** Fails one time in six, whatever the message: a dependency with bad days. */
final class ShakyActor extends Receiver {
  private static final int ONE_IN = 6;

  @Handles("SHAKE")
  void shake(Numbered message, Turn<Seen> turn) {
    mayFail();
    see(turn, "shake/" + message.from(), track -> track.next(message.n()));
  }

  @Handles("ANNOUNCED")
  void announced(Word word, Turn<Seen> turn) {
    mayFail();
    see(turn, "announced/" + word.client(), track -> track.some(word.id()));
  }

  private static void mayFail() {
    if (ThreadLocalRandom.current().nextInt(ONE_IN) == 0) {
      throw new IllegalStateException("shaken");
    }
  }
}
