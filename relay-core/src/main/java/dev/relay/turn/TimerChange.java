package dev.relay.turn;

import dev.relay.message.Message;
import java.time.Instant;

/** What a turn wants of one of its instance's timers. */
public sealed interface TimerChange {
  /** The timer's name, unique for the instance. */
  String name();

  /**
   * Sends a message later, in the place of the timer of this name, if there is one.
   *
   * @param dueAt when; a time that is over means at once
   * @param message what, checked against the catalog
   */
  record Set(String name, Instant dueAt, Message message) implements TimerChange {}

  /** Calls the timer of this name off, if there is one that hasn't fired. */
  record CallOff(String name) implements TimerChange {}
}
