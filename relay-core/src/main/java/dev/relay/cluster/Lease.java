package dev.relay.cluster;

import java.time.Duration;

/**
 * Judges by its own renewals whether a node may judge others: it must have renewed for a whole
 * lease without a break. After an outage of Postgres everybody's lease has run out, and nobody is
 * to be declared dead before all had the time to renew. Used by one thread.
 */
final class Lease {
  private final long nanos;
  private boolean held;
  private long since;
  private long last;

  Lease(Duration length) {
    nanos = length.toNanos();
  }

  /** A renewal that began at this time has worked. */
  void renewed(long startedAt) {
    if (!held || startedAt - last > nanos) {
      since = startedAt;
    }
    held = true;
    last = startedAt;
  }

  /** Nothing is held any more. */
  void lost() {
    held = false;
  }

  /** Whether a renewal at this time may remove others. */
  boolean judges(long now) {
    return held && now - last <= nanos && now - since > nanos;
  }
}
