package dev.relay.node;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What a node measures about itself, beside the tallies of its actors. Thread-safe. */
final class NodeMeters {
  private final DistributionSummary groupTurns;
  private final Timer groupTime;
  private final Counter overloaded;

  NodeMeters(MeterRegistry registry, Supplier<Number> deliveries, Supplier<Number> waiting) {
    this.groupTurns =
        DistributionSummary.builder("relay.commit.group.turns")
            .description("Turns written by one commit group")
            .register(registry);
    this.groupTime =
        Timer.builder("relay.commit.group")
            .description("From handing a group to its writer until its callers are answered")
            .publishPercentileHistogram()
            .minimumExpectedValue(Duration.ofMillis(1))
            .maximumExpectedValue(Duration.ofSeconds(10))
            .register(registry);
    this.overloaded =
        Counter.builder("relay.overloaded")
            .description("Messages refused because too many were waiting")
            .register(registry);
    Gauge.builder("relay.deliveries.in.memory", deliveries)
        .description("Deliveries this node holds in memory")
        .register(registry);
    Gauge.builder("relay.requests.waiting", waiting)
        .description("Requests accepted and not yet answered")
        .register(registry);
  }

  void group(int turns, long nanos) {
    groupTurns.record(turns);
    groupTime.record(nanos, TimeUnit.NANOSECONDS);
  }

  void overloaded() {
    overloaded.increment();
  }
}
