package dev.relay.turn;

import org.jspecify.annotations.Nullable;

/** The handler of an event of an actor of Relay's own. Thread-safe. */
@FunctionalInterface
public interface StepHandler {
  /**
   * Runs the handler.
   *
   * @return the reply, or nothing
   */
  @Nullable Object handle(StepTurn turn);
}
