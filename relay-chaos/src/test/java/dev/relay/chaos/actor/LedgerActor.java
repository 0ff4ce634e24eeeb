package dev.relay.chaos.actor;

import dev.relay.actor.Handles;
import dev.relay.actor.Turn;

/** Sees everything that arrives without detours, and what came over two hops. */
final class LedgerActor extends Receiver {
  @Handles("ENTRY")
  void entry(Numbered message, Turn<Seen> turn) {
    see(turn, "entry/" + message.from(), track -> track.next(message.n()));
  }

  @Handles("ARRIVED")
  void arrived(Numbered message, Turn<Seen> turn) {
    see(turn, "arrived/" + message.from(), track -> track.next(message.n()));
  }

  @Handles("TICK")
  void tick(Numbered message, Turn<Seen> turn) {
    see(turn, "tick/" + message.from(), track -> track.any(message.n()));
  }

  @Handles("ALARM")
  void alarm(Numbered message, Turn<Seen> turn) {
    see(turn, "alarm/" + message.from(), track -> track.later(message.n()));
  }

  @Handles("NOTE")
  void note(Word word, Turn<Seen> turn) {
    see(turn, "note/" + word.client(), track -> track.some(word.id()));
  }

  @Handles("ANNOUNCED")
  void announced(Word word, Turn<Seen> turn) {
    see(turn, "announced/" + word.client(), track -> track.some(word.id()));
  }
}
