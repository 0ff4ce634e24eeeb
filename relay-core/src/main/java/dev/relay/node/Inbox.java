package dev.relay.node;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What waits for a lane: many threads put in, the lane takes out. Work that somebody waits for and
 * deliveries queue apart, so that neither starves the other. Bounded by who puts in: the admission
 * of requests and the intake of deliveries.
 */
final class Inbox {
  private final Queue<Work> awaited = new ConcurrentLinkedQueue<>();
  private final Queue<Work> deliveries = new ConcurrentLinkedQueue<>();
  private volatile @Nullable Thread sleeper;
  private volatile boolean nudged;

  void put(Work work) {
    (work.origin() instanceof Work.Delivery ? deliveries : awaited).add(work);
    unpark();
  }

  /** Ends the lane's sleep, or its next, whether or not there is work. */
  void wake() {
    nudged = true;
    unpark();
  }

  private void unpark() {
    Thread lane = sleeper;
    if (lane != null) {
      LockSupport.unpark(lane);
    }
  }

  /** Hands over at most this many pieces of each kind, in their order. */
  void drain(int most, Consumer<Work> to) {
    drain(awaited, most, to);
    drain(deliveries, most, to);
  }

  /** Sleeps until there is work, somebody wakes, or the time is up; for the lane's thread only. */
  void await(long nanos) {
    sleeper = Thread.currentThread();
    if (isEmpty() && !nudged && nanos > 0) {
      LockSupport.parkNanos(this, nanos);
    }
    sleeper = null;
    nudged = false;
  }

  /** Sleeps until somebody wakes, whatever waits, or the time is up; for the lane's thread only. */
  void awaitWake(long nanos) {
    sleeper = Thread.currentThread();
    long end = System.nanoTime() + nanos;
    while (!nudged && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(this, end - System.nanoTime());
    }
    sleeper = null;
    nudged = false;
  }

  boolean isEmpty() {
    return awaited.isEmpty() && deliveries.isEmpty();
  }

  private static void drain(Queue<Work> queue, int most, Consumer<Work> to) {
    for (int i = 0; i < most; i++) {
      Work work = queue.poll();
      if (work == null) {
        return;
      }
      to.accept(work);
    }
  }
}
