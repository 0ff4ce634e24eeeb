package dev.relay.cluster;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The time of the store that all nodes share, so far as this node can know it: never ahead of it,
 * and behind it by no more than the quickest of the last answers took to come. Machines' own clocks
 * may differ by seconds; an instance that moves between them would send later messages with earlier
 * ids. By this clock a node that takes an instance over is past whatever was committed before it
 * read the instance. Thread-safe.
 */
final class StoreClock implements InstantSource {
  /**
   * Answers that count. Chosen: at one a second, clocks that run apart by 0.01 % differ by 2 ms.
   */
  private static final int REMEMBERED = 16;

  private final InstantSource machine;
  private final LongSupplier nanoClock;
  private final long[] offsets = new long[REMEMBERED];
  private int heard;
  private volatile long best;
  private volatile boolean known;

  /**
   * @param machine the time until the store has told its own
   * @param nanoClock nanoseconds that only grow
   */
  StoreClock(InstantSource machine, LongSupplier nanoClock) {
    this.machine = machine;
    this.nanoClock = nanoClock;
  }

  /** An answer of the store came just now, in which it says what time it was there. */
  synchronized void heard(Instant there) {
    offsets[heard++ % REMEMBERED] = nanos(there) - nanoClock.getAsLong();
    long greatest = offsets[0];
    for (int i = 1; i < Math.min(heard, REMEMBERED); i++) {
      greatest = Math.max(greatest, offsets[i]);
    }
    best = greatest;
    known = true;
  }

  @Override
  public Instant instant() {
    return known ? Instant.EPOCH.plusNanos(nanoClock.getAsLong() + best) : machine.instant();
  }

  private static long nanos(Instant time) {
    return Duration.between(Instant.EPOCH, time).toNanos();
  }
}
