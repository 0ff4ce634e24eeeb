package dev.relay.store;

import java.time.Duration;

/**
 * How long is kept what has been done. Whole days (UTC) are dropped, as soon as the last moment of
 * them is over for so long.
 *
 * @param journal the journal, and with it the event stream's history; at least a day
 * @param requests the answers of requests with an id: within this time a repeat gets the recorded
 *     one; at least a day
 */
public record Retention(Duration journal, Duration requests) {
  private static final Duration LEAST = Duration.ofDays(1);

  /** The journal for 30 days, requests for 7. */
  public static final Retention DEFAULT = new Retention(Duration.ofDays(30), Duration.ofDays(7));

  public Retention {
    if (journal.compareTo(LEAST) < 0 || requests.compareTo(LEAST) < 0) {
      throw new IllegalArgumentException(
          "journal and requests are kept for a day at least, not for "
              + journal.toHours()
              + " and "
              + requests.toHours()
              + " hours");
    }
  }
}
