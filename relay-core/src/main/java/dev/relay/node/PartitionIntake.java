package dev.relay.node;

import dev.relay.store.StoredDelivery;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How the deliveries of one partition come in.
 *
 * <pre>
 *   AWAY --partition gained--> BEHIND --reading begins--> JOINING --all read--> FOLLOWING
 *    ^                           ^                           |                      |
 *    |                           +---no room, read failed----+                      |
 *    |                           +--no room, returned, woken, found by the sweeper--+
 *    +---- partition lost (from any)
 * </pre>
 *
 * While behind, only Postgres is read, so order is Postgres's; while following, each commit hands
 * its deliveries over. Guarded by its own monitor.
 */
final class PartitionIntake {
  enum State {
    /** Another node's. */
    AWAY,
    BEHIND,
    JOINING,
    FOLLOWING
  }

  /**
   * Deliveries kept aside during a read: chosen; where more are committed, it is read once more.
   */
  private static final int MOST_BUFFERED = 1_000;

  private final String actor;
  private final int partition;
  private final List<StoredDelivery> buffer = new ArrayList<>(0);
  private final Set<String> finishedSinceRead = new HashSet<>(0);
  private final AtomicInteger inMemory = new AtomicInteger();
  private volatile State state = State.AWAY;
  private Tenure tenure = new Tenure();
  private boolean again;
  private long readAt = System.nanoTime();

  PartitionIntake(String actor, int partition) {
    this.actor = actor;
    this.partition = partition;
  }

  String actor() {
    return actor;
  }

  int partition() {
    return partition;
  }

  State state() {
    return state;
  }

  Tenure tenure() {
    return tenure;
  }

  /** Deliveries came into memory, or left it. By any thread. */
  void count(int change) {
    inMemory.addAndGet(change);
  }

  /** Whether all there is was read, and worked off. */
  boolean isIdle() {
    return state == State.FOLLOWING && inMemory.get() == 0;
  }

  /** It has to be read from Postgres; says whether that is news. */
  boolean behind() {
    if (state == State.FOLLOWING) {
      state = State.BEHIND;
      return true;
    }
    again |= state == State.JOINING;
    return false;
  }

  /** What is in memory and hasn't begun counts no more; it has to be read from Postgres. */
  boolean anew() {
    tenure.end();
    tenure = new Tenure();
    if (state == State.JOINING) {
      interrupt();
      return true;
    }
    return behind();
  }

  /** The partition is this node's now; says whether that is news. */
  boolean gain() {
    if (state != State.AWAY) {
      return false;
    }
    state = State.BEHIND;
    return true;
  }

  /** The partition is another node's now. */
  void lose() {
    tenure.end();
    tenure = new Tenure();
    interrupt();
    state = State.AWAY;
    finishedSinceRead.clear();
  }

  /** Keeps a delivery that is committed during a read. */
  void keepAside(StoredDelivery delivery) {
    if (buffer.size() < MOST_BUFFERED) {
      buffer.add(delivery);
    } else {
      again = true;
    }
  }

  /** Deliveries committed during the read. */
  List<StoredDelivery> buffer() {
    return buffer;
  }

  /** Whether a read that began after this time has brought, or will bring, what was owed then. */
  boolean readSince(long time) {
    return time == Continuity.ALWAYS || readAt - time > 0;
  }

  /** Reading begins; what is committed from now on is kept aside. */
  void join() {
    readAt = System.nanoTime();
    state = State.JOINING;
    again = false;
    buffer.clear();
  }

  /** A page is read: what finishes from now on may still be in it. */
  void startPage() {
    finishedSinceRead.clear();
  }

  /** The read didn't get to its end. */
  void interrupt() {
    buffer.clear();
    again = false;
    state = State.BEHIND;
  }

  void finished(String id) {
    if (state == State.JOINING) {
      finishedSinceRead.add(id);
    }
  }

  boolean isFinished(String id) {
    return finishedSinceRead.contains(id);
  }

  /** All is read. */
  void follow() {
    buffer.clear();
    finishedSinceRead.clear();
    state = again ? State.BEHIND : State.FOLLOWING;
    again = false;
  }
}
