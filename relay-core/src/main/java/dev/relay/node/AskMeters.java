package dev.relay.node;

import dev.relay.failure.RelayException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What becomes of the asks of one actor to another. Thread-safe. */
final class AskMeters {
  private final String asker;
  private final String asked;
  private final MeterRegistry registry;

  AskMeters(String asker, String asked, MeterRegistry registry) {
    this.asker = asker;
    this.asked = asked;
    this.registry = registry;
  }

  /** Shows the breaker: 0 closed, 1 half open, 2 open. */
  void breaker(Supplier<Number> state) {
    Gauge.builder("relay.asks.breaker", state)
        .description("The dependency's breaker: 0 closed, 1 half open, 2 open")
        .tags("actor", asker, "dependency", asked)
        .register(registry);
  }

  /**
   * An ask that ended.
   *
   * @param failure why there was no answer; absent where there was one
   */
  void ended(long nanos, @Nullable RelayException failure) {
    Timer.builder("relay.asks")
        .description("Asks of handlers to other actors")
        .tags("actor", asker, "dependency", asked, "outcome", outcome(failure))
        .register(registry)
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  private static String outcome(@Nullable RelayException failure) {
    if (failure == null) {
      return "answered";
    }
    return switch (failure.code()) {
      case TIMED_OUT -> "timed_out";
      case CIRCUIT_OPEN -> "not_asked";
      case HANDLER_FAILED, INTERNAL -> "failed";
      default -> failure.code().isRefusal() ? "refused" : "unavailable";
    };
  }
}
