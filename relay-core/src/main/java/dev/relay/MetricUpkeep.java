package dev.relay;

import dev.relay.definition.ActorDefinition;
import dev.relay.find.Indexes;
import dev.relay.metric.Metric;
import dev.relay.metric.Sample;
import dev.relay.store.MetricStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts business metrics now and then, and shows them to the node's own registry. Thread-safe. */
final class MetricUpkeep implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(MetricUpkeep.class);

  /** Batches in a row; what is left then is for the next time. */
  private static final int MOST_BATCHES = 50;

  private final MetricStore store;
  private final MeterRegistry registry;
  private final List<Metric> ofEvents = new ArrayList<>();
  private final Map<Indexes, List<Metric>> ofInstances = new LinkedHashMap<>();
  private final Map<String, MultiGauge> gauges = new HashMap<>();

  MetricUpkeep(MetricStore store, Collection<ActorDefinition> definitions, MeterRegistry registry) {
    this.store = store;
    this.registry = registry;
    for (ActorDefinition definition : definitions) {
      store.declare(definition.name(), definition.metrics());
      for (Metric metric : definition.metrics()) {
        if (metric.event() != null) {
          ofEvents.add(metric);
        } else {
          ofInstances
              .computeIfAbsent(definition.indexes(), indexes -> new ArrayList<>())
              .add(metric);
        }
      }
    }
  }

  /** All metrics, counted up to now, which the registry shows too. Blocks on the store. */
  synchronized List<Sample> samples() {
    for (int i = 0; i < MOST_BATCHES && store.count(ofEvents); i++) {
      log.debug("counted a batch of events");
    }
    ofInstances.forEach((indexes, metrics) -> store.measure(metrics, indexes));
    List<Sample> samples = store.read();
    show(samples);
    return samples;
  }

  @Override
  public void run() {
    try {
      samples();
    } catch (RuntimeException failure) {
      log.warn("business metrics were not counted: {}", failure.getMessage());
    }
  }

  private void show(List<Sample> samples) {
    Map<String, List<MultiGauge.Row<?>>> rows = new HashMap<>();
    gauges.keySet().forEach(name -> rows.put(name, new ArrayList<>()));
    for (Sample sample : samples) {
      Tags tags = Tags.of("actor", sample.actor());
      for (Map.Entry<String, String> label : sample.labels().entrySet()) {
        tags = tags.and(label.getKey(), label.getValue());
      }
      rows.computeIfAbsent(sample.actor() + " " + sample.metric(), name -> new ArrayList<>())
          .add(MultiGauge.Row.of(tags, sample.value().doubleValue()));
    }
    rows.forEach(
        (name, values) -> gauges.computeIfAbsent(name, this::gauge).register(values, true));
  }

  private MultiGauge gauge(String name) {
    int space = name.indexOf(' ');
    String metric = name.substring(0, space) + "." + name.substring(space + 1);
    return MultiGauge.builder("business." + metric.replace('-', '_'))
        .description("A business metric of the whole system, the same on every node")
        .register(registry);
  }
}
