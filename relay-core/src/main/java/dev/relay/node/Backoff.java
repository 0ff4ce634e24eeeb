package dev.relay.node;

import dev.relay.definition.RetryPolicy;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** When a failed delivery is tried again. */
final class Backoff {
  private Backoff() {}

  /**
   * The wait before the next attempt: the policy's backoff, doubled for each failed attempt after
   * the first, at most its maximum, of which a random half to whole is taken so that many failures
   * at once don't come back at once.
   *
   * @param failedAttempts at least 1
   */
  static Duration after(int failedAttempts, RetryPolicy policy, RandomGenerator random) {
    int doublings = Math.min(failedAttempts - 1, 30);
    long millis = policy.max().toMillis();
    long base = policy.backoff().toMillis();
    long full = base > (millis >> doublings) ? millis : base << doublings;
    return Duration.ofMillis(full / 2 + random.nextLong(full - full / 2 + 1));
  }
}
