package dev.relay.testkit.redis;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what a process does, within a bound. */
final class Await {
  private static final long LOOK_NANOS = 10_000_000;

  private Await() {}

  static void until(Duration bound, Supplier<String> otherwise, BooleanSupplier condition) {
    long end = System.nanoTime() + bound.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(otherwise.get());
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }
}
