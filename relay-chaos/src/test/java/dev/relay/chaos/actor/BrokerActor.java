package dev.relay.chaos.actor;

import dev.relay.actor.Handles;
import dev.relay.actor.RelayActor;
import dev.relay.actor.Turn;
import java.util.concurrent.ThreadLocalRandom;

/** Asks a source and then fails one time in six: its turn runs again, the source's must not. */
final class BrokerActor extends RelayActor<Brokered> {
  private static final int ONE_IN = 6;

  @Handles(value = "ORDER", waits = true)
  Brokered order(Order order, Turn<Brokered> turn) {
    turn.ask("source", "SEND", order.asCommand());
    if (ThreadLocalRandom.current().nextInt(ONE_IN) == 0) {
      throw new IllegalStateException("broken");
    }
    return turn.become(turn.state().orElse(Brokered.NOTHING).after(order));
  }

  @Handles(value = "ORDER_LATER", waits = true)
  void orderLater(Order order, Turn<Brokered> turn) {
    order(order, turn);
  }
}
