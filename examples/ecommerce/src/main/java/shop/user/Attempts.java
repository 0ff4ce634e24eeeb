package shop.user;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Wrong tokens in a row. Immutable.
 *
 * @param failed since the last right one, or the last lock
 * @param lockedUntil when tokens are taken again
 */
record Attempts(int failed, @Nullable Instant lockedUntil) {
  static final Attempts NONE = new Attempts(0, null);

  /** Chosen: a person mistypes twice, and five guesses of 256 bits are none. */
  static final int MOST = 5;

  static final Duration LOCK = Duration.ofMinutes(15);

  Attempts failedAgain(Instant now) {
    return failed + 1 < MOST ? new Attempts(failed + 1, null) : new Attempts(0, now.plus(LOCK));
  }

  boolean isLocked(Instant now) {
    return lockedUntil != null && now.isBefore(lockedUntil);
  }
}
