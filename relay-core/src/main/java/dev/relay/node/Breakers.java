package dev.relay.node;

import dev.relay.definition.Dependency;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A breaker for each actor and dependency of its, on this node. Thread-safe. */
final class Breakers {
  private record Pair(String asker, String asked) {}

  private final Map<Pair, Breaker> breakers = new ConcurrentHashMap<>();
  private final MeterRegistry registry;
  private final InstantSource clock;

  Breakers(MeterRegistry registry, InstantSource clock) {
    this.registry = registry;
    this.clock = clock;
  }

  Breaker of(String asker, Dependency dependency) {
    return breakers.computeIfAbsent(
        new Pair(asker, dependency.actor()),
        pair ->
            new Breaker(asker, dependency, new AskMeters(asker, pair.asked(), registry), clock));
  }
}
