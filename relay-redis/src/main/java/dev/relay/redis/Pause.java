package dev.relay.redis;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** The wait before the next attempt: doubled each time, jittered, ended when all ends. */
final class Pause {
  private static final long FIRST_MILLIS = 50;

  /** Chosen: how much later than Redis a node may be back. */
  private static final long LONGEST_MILLIS = 2000;

  private final CountDownLatch ended = new CountDownLatch(1);
  private long next = FIRST_MILLIS;

  void afterFailure() {
    long jitter = ThreadLocalRandom.current().nextLong(next / 2 + 1);
    next = Math.min(next * 2, LONGEST_MILLIS);
    try {
      ended.await(next / 2 + jitter, TimeUnit.MILLISECONDS);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  void reset() {
    next = FIRST_MILLIS;
  }

  void end() {
    ended.countDown();
  }
}
