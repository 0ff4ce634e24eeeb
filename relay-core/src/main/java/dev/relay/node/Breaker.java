package dev.relay.node;

import dev.relay.definition.BreakerPolicy;
import dev.relay.definition.Dependency;
import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Keeps one actor from asking a dependency that doesn't answer. Thread-safe.
 *
 * <pre>
 *          failures of the last asks                 the pause is over
 *  CLOSED ---------------------------&gt; OPEN ---------------------------&gt; HALF OPEN
 *    ^                                  ^  |  not asked, fails at once      |   |
 *    |                                  |  +--------                        |   |
 *    |                                  +------- probes unanswered ---------+   |
 *    +------------------------------------------ probes answered ---------------+
 * </pre>
 *
 * Only silence counts: no answer in time, nobody there, no room. Whoever refuses, or breaks while
 * handling, is there.
 */
final class Breaker {
  private final String asker;
  private final String asked;
  private final BreakerPolicy policy;
  private final AskMeters meters;
  private final InstantSource clock;
  private final CircuitBreaker circuit;
  private volatile Instant opened = Instant.MIN;

  Breaker(String asker, Dependency dependency, AskMeters meters, InstantSource clock) {
    this.asker = asker;
    this.asked = dependency.actor();
    this.policy = dependency.breaker();
    this.meters = meters;
    this.clock = clock;
    this.circuit = CircuitBreaker.of(asker + " asks " + asked, config(policy, clock));
    circuit
        .getEventPublisher()
        .onStateTransition(
            change -> {
              if (change.getStateTransition().getToState() == CircuitBreaker.State.OPEN) {
                opened = clock.instant();
              }
            });
    meters.breaker(this::state);
  }

  /**
   * Asks, unless the breaker is open.
   *
   * @param fair whether the dependency gets about the time it is declared to need; if it doesn't,
   *     its silence says nothing about it
   * @throws RelayException of the ask, or {@link ErrorCode#CIRCUIT_OPEN}
   */
  <T> T call(boolean fair, Supplier<T> ask) {
    if (!circuit.tryAcquirePermission()) {
      RelayException open = open();
      meters.ended(0, open);
      throw open;
    }
    long start = System.nanoTime();
    try {
      T answer = ask.get();
      long nanos = System.nanoTime() - start;
      circuit.onSuccess(nanos, TimeUnit.NANOSECONDS);
      meters.ended(nanos, null);
      return answer;
    } catch (RelayException failure) {
      ended(System.nanoTime() - start, failure, fair);
      throw failure;
    } catch (RuntimeException | Error fault) {
      circuit.releasePermission();
      throw fault;
    }
  }

  private void ended(long nanos, RelayException failure, boolean fair) {
    switch (failure.code()) {
      case NOT_HOSTED, OVERLOADED, NODE_LOST ->
          circuit.onError(nanos, TimeUnit.NANOSECONDS, failure);
      case TIMED_OUT -> {
        if (fair) {
          circuit.onError(nanos, TimeUnit.NANOSECONDS, failure);
        } else {
          circuit.releasePermission();
        }
      }
      // says something about this node, its Postgres, this turn or an actor further away
      case SHUTTING_DOWN, DATABASE_UNREACHABLE, CIRCUIT_OPEN, ASK_CROSSING ->
          circuit.releasePermission();
      default -> circuit.onSuccess(nanos, TimeUnit.NANOSECONDS);
    }
    meters.ended(nanos, failure);
  }

  private RelayException open() {
    Duration left = Duration.between(clock.instant(), opened.plus(policy.pause()));
    Duration wait = left.isNegative() || left.isZero() ? Duration.ofMillis(100) : left;
    return RelayException.of(
            ErrorCode.CIRCUIT_OPEN,
            asker
                + " doesn't ask "
                + asked
                + " for now: "
                + policy.failures()
                + " of its last "
                + policy.of()
                + " asks were not answered")
        .retryAfter(wait)
        .remedy("see whether " + asked + " is hosted and keeps up; it is tried again by itself")
        .build();
  }

  private int state() {
    return switch (circuit.getState()) {
      case OPEN, FORCED_OPEN -> 2;
      case HALF_OPEN -> 1;
      default -> 0;
    };
  }

  private static CircuitBreakerConfig config(BreakerPolicy policy, InstantSource clock) {
    // a hair less than the share, so that rounding never asks for one failure more
    float percent = 100f * policy.failures() / policy.of() - 0.001f;
    return CircuitBreakerConfig.custom()
        .clock(clock.withZone(ZoneOffset.UTC))
        .slidingWindow(policy.of(), policy.of(), SlidingWindowType.COUNT_BASED)
        .failureRateThreshold(percent)
        .waitDurationInOpenState(policy.pause())
        .permittedNumberOfCallsInHalfOpenState(policy.probes())
        .writableStackTraceEnabled(false)
        .build();
  }
}
