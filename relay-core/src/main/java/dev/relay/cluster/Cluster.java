package dev.relay.cluster;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** What a node knows of the others. Thread-safe. */
public interface Cluster {
  /** Who owns what now; never blocks. */
  Assignment current();

  /**
   * Calls back after each change, one after the other, on a thread of the cluster's. A node that
   * was taken for dead hears of an assignment in which it owns nothing, and joins again only when
   * this call has returned.
   */
  void onChange(Consumer<Assignment> listener);

  /** Gives this node's partitions away, before it stops; it may still finish what it has begun. */
  void leave();

  /** The clock by which message ids are minted: the same for all nodes, whatever theirs say. */
  InstantSource clock();

  /** A node without others, which owns every partition of its actors. */
  static Cluster alone(String name, Set<String> actors) {
    Member self = new Member(name, 1, actors, "", NodeName.place(), null, false, Instant.now());
    Assignment everything = Assignment.of(name, new Roster(0, List.of(self)));
    return new Cluster() {
      @Override
      public Assignment current() {
        return everything;
      }

      @Override
      public void onChange(Consumer<Assignment> listener) {}

      @Override
      public void leave() {}

      @Override
      public InstantSource clock() {
        return InstantSource.system();
      }
    };
  }
}
