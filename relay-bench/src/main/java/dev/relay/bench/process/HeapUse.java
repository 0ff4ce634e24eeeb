package dev.relay.bench.process;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;

/**
 * The heap of a child, in bytes, with its collections since it started.
 *
 * @param live what a full collection leaves
 * @param committed what the JVM had taken from the machine before that collection
 * @param most what it may take, {@code -Xmx}
 */
public record HeapUse(long live, long committed, long most, long collections, long collectMillis) {
  static HeapUse now() {
    long collections = 0;
    long millis = 0;
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      collections += Math.max(0, collector.getCollectionCount());
      millis += Math.max(0, collector.getCollectionTime());
    }
    MemoryUsage before = heap();
    System.gc(); // the live set is wanted, and no load runs now
    return new HeapUse(
        heap().getUsed(), before.getCommitted(), before.getMax(), collections, millis);
  }

  private static MemoryUsage heap() {
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
  }
}
