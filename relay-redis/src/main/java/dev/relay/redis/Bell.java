package dev.relay.redis;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** One thread waits, others wake it; a ring before the wait counts. */
final class Bell {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ringing = lock.newCondition();
  private boolean rung;
  private boolean ended;

  void ring() {
    lock.lock();
    try {
      rung = true;
      ringing.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Ends all waits, also those to come. */
  void end() {
    lock.lock();
    try {
      ended = true;
      ringing.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for a ring, for this long at most; whether there was one. */
  boolean await(Duration atMost) throws InterruptedException {
    return waitFor(atMost, true);
  }

  /** Waits this long, whoever rings. */
  void sleep(Duration time) throws InterruptedException {
    waitFor(time, false);
  }

  private boolean waitFor(Duration time, boolean untilRung) throws InterruptedException {
    lock.lock();
    try {
      long left = time.toNanos();
      while (left > 0 && !ended && !(untilRung && rung)) {
        left = ringing.awaitNanos(left);
      }
      boolean heard = rung;
      rung = false;
      return heard;
    } finally {
      lock.unlock();
    }
  }
}
