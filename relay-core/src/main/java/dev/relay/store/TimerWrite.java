package dev.relay.store;

import dev.relay.message.ActorAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of an instance's timer. Whatever it is, a timer of this name that has not fired yet
 * goes.
 *
 * @param of the instance whose timer it is
 * @param name the timer's name, unique for the instance
 * @param next the timer that is set; absent where it is only called off
 */
public record TimerWrite(ActorAddress of, String name, @Nullable Next next) {
  /**
   * A timer to set.
   *
   * @param id the id of its row
   * @param dueAt when it fires
   * @param message what it sends then, as JSON text
   */
  public record Next(String id, Instant dueAt, String message) {}
}
