package dev.relay.store;

import dev.relay.find.Indexes;
import dev.relay.metric.Metric;
import dev.relay.metric.Sample;
import java.util.List;

/**
 * Keeps business metrics. They follow from what was committed: each event of the journal counts
 * once, whoever counts it and however often a node dies in between. Thread-safe; blocks on the
 * store.
 */
public interface MetricStore {
  /** Takes note of an actor's metrics; those that are new or another are counted from the start. */
  void declare(String actor, List<Metric> metrics);

  /**
   * Counts some of the events that haven't been counted yet. Of several nodes one does it at a
   * time, the others wait, a few seconds at most; who waited in vain counts nothing.
   *
   * @return whether there may be more at once
   */
  boolean count(List<Metric> ofEvents);

  /** Takes stock of an actor's instances, through the values that are indexed. */
  void measure(List<Metric> ofInstances, Indexes indexes);

  /** All metrics as they were last counted, of all actors, by actor and name. */
  List<Sample> read();
}
