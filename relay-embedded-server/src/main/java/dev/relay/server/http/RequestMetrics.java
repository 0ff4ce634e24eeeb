package dev.relay.server.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Times requests by route template and status: never by the path itself, whose keys would make a
 * meter each. Thread-safe.
 */
final class RequestMetrics {
  private static final int STATUSES = 600;

  private final MeterRegistry registry;
  private final Map<Route, AtomicReferenceArray<@Nullable Timer>> byRoute = new IdentityHashMap<>();
  private final AtomicReferenceArray<@Nullable Timer> unmatched =
      new AtomicReferenceArray<>(STATUSES);

  RequestMetrics(MeterRegistry registry, List<Route> routes) {
    this.registry = registry;
    for (Route route : routes) {
      byRoute.put(route, new AtomicReferenceArray<>(STATUSES));
    }
  }

  void record(@Nullable Route route, int status, long nanos) {
    if (status < 0 || status >= STATUSES) {
      return;
    }
    AtomicReferenceArray<@Nullable Timer> timers =
        route == null ? unmatched : byRoute.getOrDefault(route, unmatched);
    Timer timer = timers.get(status);
    if (timer == null) {
      timer = timer(route, status);
      timers.set(status, timer);
    }
    timer.record(nanos, TimeUnit.NANOSECONDS);
  }

  private Timer timer(@Nullable Route route, int status) {
    return Timer.builder("relay.http.requests")
        .description("HTTP requests by route and status, from the headers' end to the last byte")
        .tag("method", route == null ? "any" : route.method().toString())
        .tag("route", route == null ? "unmatched" : route.template())
        .tag("status", String.valueOf(status))
        .serviceLevelObjectives(
            Duration.ofMillis(2),
            Duration.ofMillis(5),
            Duration.ofMillis(10),
            Duration.ofMillis(25),
            Duration.ofMillis(50),
            Duration.ofMillis(100),
            Duration.ofMillis(250),
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofSeconds(5))
        .register(registry);
  }
}
