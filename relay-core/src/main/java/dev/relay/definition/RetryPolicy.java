package dev.relay.definition;

import java.time.Duration;

/**
 * How a failed delivery is retried. Immutable.
 *
 * @param attempts how often a delivery is tried in all before it is a dead letter, at least 1
 * @param backoff the wait before the second attempt; doubles with each further one, with jitter
 * @param max the longest wait
 */
public record RetryPolicy(int attempts, Duration backoff, Duration max) {
  /** 8 attempts, from 200 ms doubling to at most 5 minutes: about half a minute in all. */
  public static final RetryPolicy DEFAULT =
      new RetryPolicy(8, Duration.ofMillis(200), Duration.ofMinutes(5));

  public RetryPolicy {
    if (attempts < 1 || backoff.isNegative() || max.compareTo(backoff) < 0) {
      throw new IllegalArgumentException(
          "attempts is at least 1 and backoff at most max, not: "
              + attempts
              + ", "
              + backoff
              + ", "
              + max);
    }
  }
}
