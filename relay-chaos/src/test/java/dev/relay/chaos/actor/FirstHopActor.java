package dev.relay.chaos.actor;

import dev.relay.actor.Handles;
import dev.relay.actor.Turn;

/** The first of two actors that hand on what they see. */
final class FirstHopActor extends Receiver {
  @Handles("STEP_ONE")
  void step(Step step, Turn<Seen> turn) {
    see(turn, "step/" + step.from() + "/" + step.to(), track -> track.next(step.n()));
    turn.emit("STEP_TWO", step);
  }
}
