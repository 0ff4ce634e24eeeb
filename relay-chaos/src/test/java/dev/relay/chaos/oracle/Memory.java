package dev.relay.chaos.oracle;

import dev.relay.chaos.cluster.Cluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Asks nodes for their heap after a collection, eight times in a run. */
public final class Memory implements AutoCloseable {
  private static final int SAMPLES = 8;
  private static final long BOUND_BYTES = 96L << 20;

  private final Map<Integer, List<Long>> megabytes = new ConcurrentHashMap<>();
  private final List<String> findings = new ArrayList<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "chaos-memory");
            thread.setDaemon(true);
            return thread;
          });

  private Memory() {}

  public static Memory watch(Cluster cluster, Duration run) {
    Memory memory = new Memory();
    long period = Math.max(1, run.toMillis() / SAMPLES);
    memory.timer.scheduleWithFixedDelay(
        () -> memory.sample(cluster.heaps()), period, period, TimeUnit.MILLISECONDS);
    return memory;
  }

  private void sample(Map<Integer, Long> heaps) {
    heaps.forEach(
        (node, bytes) -> {
          megabytes.computeIfAbsent(node, number -> new ArrayList<>()).add(bytes >> 20);
          if (bytes > BOUND_BYTES) {
            synchronized (findings) {
              findings.add("node %d holds %d MB after a collection".formatted(node, bytes >> 20));
            }
          }
        });
  }

  /** Nodes that hold more than a bounded memory explains. */
  public List<String> findings() {
    synchronized (findings) {
      return List.copyOf(findings);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  @Override
  public String toString() {
    return megabytes + " MB";
  }
}
