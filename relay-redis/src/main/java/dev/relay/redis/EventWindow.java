package dev.relay.redis;

import java.time.Duration;

/**
 * How much of the published events Redis holds. It is a window: the journal in Postgres has all of
 * them.
 *
 * @param longest events that are kept, about; the oldest go first
 * @param refilled how far back a stream that is missing is filled from the journal
 */
public record EventWindow(long longest, Duration refilled) {
  /** 100,000 events, some 60 MB with small payloads; an hour back. */
  public static final EventWindow USUAL = new EventWindow(100_000, Duration.ofHours(1));

  public EventWindow {
    if (longest < 1 || refilled.isNegative()) {
      throw new IllegalArgumentException(
          "a window keeps one event at least and looks back, found " + longest + ", " + refilled);
    }
  }
}
