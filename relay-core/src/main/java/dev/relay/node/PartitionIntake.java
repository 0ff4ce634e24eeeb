package dev.relay.node;

import dev.relay.store.StoredDelivery;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How the deliveries of one partition come in.
 *
 * <pre>
 *   BEHIND --all pages read--> JOINING --last read done--> FOLLOWING
 *      ^                          |                            |
 *      +--------read failed-------+                            |
 *      +-----------no room, returned, found by sweep-----------+
 * </pre>
 *
 * While behind, only Postgres is read, so order is Postgres's; while following, each commit hands
 * its deliveries over. Guarded by its own monitor.
 */
final class PartitionIntake {
  enum State {
    BEHIND,
    JOINING,
    FOLLOWING
  }

  private final String actor;
  private final int partition;
  private final List<StoredDelivery> buffer = new ArrayList<>(0);
  private final Set<String> finishedSinceRead = new HashSet<>(0);
  private volatile State state = State.BEHIND;
  private boolean again;

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

  void state(State next) {
    state = next;
  }

  /** Deliveries committed during the last read. */
  List<StoredDelivery> buffer() {
    return buffer;
  }

  /** A read begins: what finishes from now on may still be in what it returns. */
  void startRead() {
    finishedSinceRead.clear();
  }

  void finished(String id) {
    if (state != State.FOLLOWING) {
      finishedSinceRead.add(id);
    }
  }

  boolean isFinished(String id) {
    return finishedSinceRead.contains(id);
  }

  /** Something was given back while the last read went on: read once more after it. */
  void behindAgain() {
    again = true;
  }

  /** The last read is done. */
  void follow() {
    buffer.clear();
    finishedSinceRead.clear();
    state = again ? State.BEHIND : State.FOLLOWING;
    again = false;
  }
}
