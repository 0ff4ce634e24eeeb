package dev.relay.store;

import java.time.Instant;
import java.util.List;

/**
 * A dead letter with its history.
 *
 * @param letter the letter
 * @param attempts each failed attempt, oldest first; the last 50, those before a retry by a person
 *     among them
 * @param waitingBehind later deliveries to the same instance that are not processed yet; counted up
 *     to {@link #MOST_COUNTED}
 * @param deliveredAfter later deliveries to the same instance that were processed, as far as the
 *     journal reaches back; counted up to {@link #MOST_COUNTED}
 */
public record DeadLetterDetails(
    DeadLetter letter, List<Attempt> attempts, long waitingBehind, long deliveredAfter) {
  /** Deliveries are counted up to this number, so that looking costs little. */
  public static final int MOST_COUNTED = 10_000;

  public DeadLetterDetails {
    attempts = List.copyOf(attempts);
  }

  /**
   * A failed attempt.
   *
   * @param number the first is 1; numbers begin anew when a person retries the letter
   * @param at when it was written down, by the clock of Postgres
   * @param error its code, then a sentence for people; at most 2,000 characters
   */
  public record Attempt(int number, Instant at, String error) {}
}
