package dev.relay.store;

import java.time.Instant;
import java.util.List;

/** The stream of all published events, read from the journal. Thread-safe; blocks on Postgres. */
public interface Feed {
  /**
   * The events after a position, in order, up to a limit. Never skips one that becomes visible
   * later: rows of transactions still open, and all behind them, wait for the next call.
   */
  List<FeedEntry> after(FeedPosition position, int limit);

  /**
   * Whether events behind this position have been dropped with the days they were of, so that who
   * resumes here has missed some. Never so for {@link FeedPosition#START}, which means the oldest
   * that there is.
   */
  boolean forgot(FeedPosition position);

  /** The position of the newest final event: where a reader starts who wants only what comes. */
  FeedPosition end();

  /**
   * The position of the newest event before a time: where a reader starts who wants what came
   * since. By the store's clock, to within the length of a transaction.
   */
  FeedPosition before(Instant time);
}
