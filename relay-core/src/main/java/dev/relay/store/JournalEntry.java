package dev.relay.store;

import org.jspecify.annotations.Nullable;

/**
 * One row of the journal.
 *
 * @param turnId the id of the processed message's delivery, or of the message itself
 * @param actor the actor; of a publication from outside the event's producer
 * @param key the instance; empty on a publication from outside
 * @param version the instance's version after the turn; 0 on a publication from outside
 * @param message the processed message as JSON text
 * @param emitted the emitted messages, a JSON array as text; absent where there are none
 * @param outcome {@code done}, or {@code published} on a publication from outside
 */
public record JournalEntry(
    String turnId,
    String actor,
    String key,
    long version,
    String message,
    @Nullable String emitted,
    String outcome) {
  /** The outcome of a turn. */
  public static final String DONE = "done";

  /** The outcome of a publication from outside, which is nobody's turn. */
  public static final String PUBLISHED = "published";
}
