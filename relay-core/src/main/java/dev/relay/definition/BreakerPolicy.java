package dev.relay.definition;

import java.time.Duration;

/**
 * When a dependency that doesn't answer is no longer asked. Immutable.
 *
 * @param failures so many unanswered asks among the last ones open the breaker, at least 1
 * @param of how many of the last asks are looked at; before there were so many it stays closed
 * @param pause how long nothing is asked then
 * @param probes asks let through after the pause, whose outcome closes or opens it again
 */
public record BreakerPolicy(int failures, int of, Duration pause, int probes) {
  /** 10 of the last 20, 10 s of pause, 3 probes; chosen, not measured. */
  public static final BreakerPolicy DEFAULT = new BreakerPolicy(10, 20, Duration.ofSeconds(10), 3);

  public BreakerPolicy {
    if (failures < 1 || failures > of || probes < 1 || pause.isNegative() || pause.isZero()) {
      throw new IllegalArgumentException(
          "failures is 1 to of, probes at least 1 and pause longer than nothing, not: "
              + failures
              + " of "
              + of
              + ", "
              + probes
              + ", "
              + pause);
    }
  }
}
