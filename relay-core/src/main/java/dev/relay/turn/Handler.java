package dev.relay.turn;

import org.jspecify.annotations.Nullable;

/** The behaviour for one event, in Java or declarative. Thread-safe. */
interface Handler {
  /**
   * Runs the handler; what it wants to happen is collected in the turn.
   *
   * @return the reply: a JSON tree, a value to be written as one, or nothing
   */
  @Nullable Object handle(OpenTurn turn) throws Throwable;

  /** Whether it may wait and therefore runs on a thread of its own. */
  default boolean waits() {
    return false;
  }
}
