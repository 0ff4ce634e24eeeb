package dev.relay.chaos.actor;

import dev.relay.actor.Handles;
import dev.relay.actor.RelayActor;
import dev.relay.actor.Turn;
import java.util.concurrent.ThreadLocalRandom;

/** Asks a broker, which asks a source: three instances, each on whichever node has it. */
final class EnvoyActor extends RelayActor<Brokered> {
  private static final int ONE_IN = 6;

  @Handles(value = "ERRAND", waits = true)
  Brokered errand(Order order, Turn<Brokered> turn) {
    turn.ask("broker", "ORDER", order);
    if (ThreadLocalRandom.current().nextInt(ONE_IN) == 0) {
      throw new IllegalStateException("lost on the way back");
    }
    return turn.become(turn.state().orElse(Brokered.NOTHING).after(order));
  }
}
