package dev.relay.flow;

import dev.relay.store.FlowStore;
import dev.relay.store.StoreException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows how many runs aren't over, of each flow and status: what an alert should look at. To be run
 * every few seconds, by one thread; every node shows the same.
 */
public final class FlowGauge implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(FlowGauge.class);

  /** Counting walks all runs: where there are many, it takes no more than one part of this time. */
  private static final long SHARE = 100;

  private final FlowStore store;
  private final List<String> actors;
  private final MultiGauge gauge;
  private long notBefore = System.nanoTime();

  /**
   * @param actors those that run flows
   */
  public FlowGauge(FlowStore store, List<String> actors, MeterRegistry registry) {
    this.store = store;
    this.actors = List.copyOf(actors);
    this.gauge =
        MultiGauge.builder("relay.flow.runs")
            .description("Runs of flows that aren't over; the same on every node")
            .register(registry);
  }

  @Override
  public void run() {
    long begin = System.nanoTime();
    if (actors.isEmpty() || begin - notBefore < 0) {
      return;
    }
    try {
      show(store.counts(actors));
    } catch (StoreException unreachable) {
      log.debug("runs of flows can't be counted now", unreachable);
    }
    long end = System.nanoTime();
    notBefore = end + SHARE * (end - begin);
  }

  private void show(List<FlowStore.Count> counts) {
    Map<String, Long> known = new TreeMap<>();
    counts.forEach(each -> known.put(each.actor() + " " + each.status(), each.count()));
    List<FlowStatus> open =
        Arrays.stream(FlowStatus.values())
            .filter(status -> !status.over() && status != FlowStatus.EARLY)
            .toList();
    List<Row<?>> rows = new ArrayList<>();
    for (String actor : actors) {
      for (FlowStatus status : open) {
        Tags tags = Tags.of("flow", FlowNames.flow(actor), "status", status.text());
        rows.add(Row.of(tags, known.getOrDefault(actor + " " + status.text(), 0L)));
      }
    }
    gauge.register(rows, true);
  }
}
