package dev.relay.chaos.actor;

import dev.relay.actor.Handles;
import dev.relay.actor.Turn;

/** The other end of a fan-out. */
final class AuditActor extends Receiver {
  @Handles("ENTRY")
  void entry(Numbered message, Turn<Seen> turn) {
    see(turn, "entry/" + message.from(), track -> track.next(message.n()));
  }

  @Handles("ANNOUNCED")
  void announced(Word word, Turn<Seen> turn) {
    see(turn, "announced/" + word.client(), track -> track.some(word.id()));
  }
}
