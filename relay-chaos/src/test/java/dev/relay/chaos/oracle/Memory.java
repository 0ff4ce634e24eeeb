package dev.relay.chaos.oracle;

import dev.relay.chaos.cluster.Cluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Asks nodes for their heap after a collection: no node may hold much at any time, and the witness,
 * which lives through the whole run, no more at its end than after a fifth of it.
 */
public final class Memory implements AutoCloseable {
  private static final int SAMPLES = 8;
  private static final int SAMPLES_OF_LONG_RUN = 40;
  private static final long BOUND_BYTES = 96L << 20;

  /** Chosen: what caches that were not full at a fifth may still take, a quarter of the bound. */
  private static final long SLOPE_BYTES = 16L << 20;

  private final Map<Integer, List<Long>> heaps = new TreeMap<>();
  private final List<String> findings = new ArrayList<>();
  private final int witness;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "chaos-memory");
            thread.setDaemon(true);
            return thread;
          });

  private Memory(int witness) {
    this.witness = witness;
  }

  /**
   * Begins.
   *
   * @param witness the number of a node that nothing happens to; 0 where there is none
   */
  public static Memory watch(Cluster cluster, Duration run, int witness) {
    Memory memory = new Memory(witness);
    long period = run.toMillis() / (witness == 0 ? SAMPLES : SAMPLES_OF_LONG_RUN);
    memory.timer.scheduleWithFixedDelay(
        () -> memory.sample(cluster.heaps()), period, period, TimeUnit.MILLISECONDS);
    return memory;
  }

  private synchronized void sample(Map<Integer, Long> bytesOf) {
    bytesOf.forEach(
        (node, bytes) -> {
          heaps.computeIfAbsent(node, number -> new ArrayList<>()).add(bytes);
          if (bytes > BOUND_BYTES) {
            findings.add("node %d holds %d MB after a collection".formatted(node, bytes >> 20));
          }
        });
  }

  /** Nodes that hold more than a bounded memory explains. */
  public synchronized List<String> findings() {
    List<String> all = new ArrayList<>(findings);
    long slope = slope();
    if (slope > SLOPE_BYTES) {
      all.add("the witness holds %d MB more than after a fifth of the run".formatted(slope >> 20));
    }
    return all;
  }

  /** What the witness holds in the last tenth more than around a fifth; medians, in bytes. */
  private long slope() {
    List<Long> samples = heaps.getOrDefault(witness, List.of());
    int tenth = samples.size() / 10;
    if (tenth < 3) {
      return 0; // too few to tell
    }
    long before = median(samples.subList(2 * tenth - tenth / 2, 3 * tenth));
    long after = median(samples.subList(samples.size() - tenth, samples.size()));
    return after - before;
  }

  private static long median(List<Long> samples) {
    return samples.stream().sorted().skip(samples.size() / 2).findFirst().orElse(0L);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  @Override
  public synchronized String toString() {
    Map<Integer, List<Long>> megabytes = new TreeMap<>();
    heaps.forEach((node, all) -> megabytes.put(node, all.stream().map(b -> b >> 20).toList()));
    return megabytes + " MB, slope " + (slope() >> 10) + " kB";
  }
}
