package dev.relay.node;

import dev.relay.failure.RelayException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows how many dead letters there are, of each actor, whoever gave them up: what an alert should
 * look at. To be run every few seconds; every node shows the same. Thread-safe.
 */
public final class DeadLetterGauge implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(DeadLetterGauge.class);

  private final DeadLetters letters;
  private final List<String> actors;
  private final MultiGauge gauge;

  /**
   * @param actors those that are shown even where they have none
   */
  public DeadLetterGauge(DeadLetters letters, Collection<String> actors, MeterRegistry registry) {
    this.letters = letters;
    this.actors = List.copyOf(actors);
    // a counter is called relay.dead.letters, and one name is one kind of meter
    this.gauge =
        MultiGauge.builder("relay.dead.letters.waiting")
            .description("Dead letters in Postgres; the same on every node")
            .register(registry);
  }

  @Override
  public void run() {
    Map<String, Long> counts = new TreeMap<>();
    actors.forEach(actor -> counts.put(actor, 0L));
    try {
      counts.putAll(letters.counts());
    } catch (RelayException unreachable) {
      log.debug("dead letters can't be counted now", unreachable);
      return;
    }
    gauge.register(
        counts.entrySet().stream()
            .map(each -> Row.of(Tags.of("actor", each.getKey()), each.getValue()))
            .collect(Collectors.toList()),
        true);
  }
}
