package dev.relay.catalog;

import org.jspecify.annotations.Nullable;

/**
 * What an applied definition said of one event: that its actor declares it (produces the event,
 * handles the command or query), or that it consumes it. Remembered so that the next apply
 * withdraws no more than this. Immutable.
 *
 * @param actor the actor whose definition it was
 * @param event the event's name
 * @param consumes how the actor consumes the event; absent where it declares it
 */
public record Declaration(String actor, String event, @Nullable Consumer consumes) {
  static Declaration declares(String actor, String event) {
    return new Declaration(actor, event, null);
  }

  static Declaration consumes(String event, Consumer consumer) {
    return new Declaration(consumer.actor(), event, consumer);
  }

  /** Whether the actor declares the event, not only consumes it. */
  public boolean declares() {
    return consumes == null;
  }

  /** Whether two declarations are about the same thing, perhaps with other settings. */
  boolean sameSubject(Declaration other) {
    return actor.equals(other.actor) && event.equals(other.event) && declares() == other.declares();
  }
}
