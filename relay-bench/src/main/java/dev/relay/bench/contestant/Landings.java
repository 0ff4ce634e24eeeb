package dev.relay.bench.contestant;

import dev.relay.bench.load.Since;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Events under way: when each was accepted, and how many of its three consumers have committed it.
 * All in one process, so that both ends of a latency are read from one clock. Thread-safe.
 */
final class Landings {
  static final int CONSUMERS = 3;

  private final Map<Long, Open> open = new ConcurrentHashMap<>();
  private final AtomicLong numbers = new AtomicLong();

  /** An event that isn't with all of its consumers yet. */
  private static final class Open {
    private final AtomicInteger left = new AtomicInteger(CONSUMERS);
    private final CompletableFuture<Since> landed = new CompletableFuture<>();
    private volatile long acceptedAt = System.nanoTime();
  }

  /** The number of a new event. */
  long next() {
    long number = numbers.incrementAndGet();
    open.put(number, new Open());
    return number;
  }

  /** It is safe; a consumer that was faster than this news counts as having taken no time. */
  void accepted(long number) {
    Open event = open.get(number);
    if (event != null) {
      event.acceptedAt = System.nanoTime();
    }
  }

  /** It was refused. */
  void failed(long number, Throwable failure) {
    Open event = open.remove(number);
    if (event != null) {
      event.landed.completeExceptionally(failure);
    }
  }

  /** One of its consumers has committed it. */
  void landed(long number) {
    Open event = open.get(number);
    if (event != null && event.left.decrementAndGet() == 0) {
      open.remove(number);
      event.landed.complete(new Since(event.acceptedAt));
    }
  }

  /** Completed when all consumers have committed it. */
  CompletableFuture<Since> future(long number) {
    Open event = open.get(number);
    return event == null ? CompletableFuture.failedFuture(unknown(number)) : event.landed;
  }

  private static IllegalStateException unknown(long number) {
    return new IllegalStateException("event " + number + " isn't under way");
  }
}
