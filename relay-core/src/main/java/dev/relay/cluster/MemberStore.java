package dev.relay.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The port to the list of living nodes. Every call blocks on the store and throws {@link
 * dev.relay.store.StoreException} where it can't be reached. Thread-safe. Time is the store's.
 */
public interface MemberStore {
  /** Adds a node, or lets it join again under a higher incarnation; says what time it is. */
  Instant join(Member member, Duration lease);

  /**
   * Renews a node's lease.
   *
   * @param judges whether nodes whose lease has run out are removed
   */
  Renewal renew(String node, long incarnation, Duration lease, boolean judges);

  /** Marks a node as one that gives its partitions away. It may go on writing. */
  void leaving(String node, long incarnation);

  /** Removes a node. */
  void left(String node, long incarnation);

  /** The living nodes. */
  Roster roster();

  /**
   * What came of a renewal.
   *
   * @param known whether the node was still there; otherwise nothing was renewed
   * @param epoch of the list now
   * @param dead nodes that were removed
   * @param time the store's
   */
  record Renewal(boolean known, long epoch, List<String> dead, Instant time) {
    public Renewal {
      dead = List.copyOf(dead);
    }
  }
}
