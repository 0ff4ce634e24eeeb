package dev.relay.chaos.actor;

import dev.relay.actor.Handles;
import dev.relay.actor.Turn;

/** The second of two actors that hand on what they see. */
final class SecondHopActor extends Receiver {
  @Handles("STEP_TWO")
  void step(Step step, Turn<Seen> turn) {
    see(turn, "step/" + step.from() + "/" + step.to(), track -> track.next(step.n()));
    turn.emit("ARRIVED", new Numbered(step.to(), step.from(), step.n(), false));
  }
}
