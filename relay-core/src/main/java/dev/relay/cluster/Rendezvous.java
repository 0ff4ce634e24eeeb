package dev.relay.cluster;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rendezvous hashing: each node draws a number for a partition, the highest owns it. Every node
 * comes to the same answer without a word, and when one comes or goes only its own partitions move.
 */
final class Rendezvous {
  private Rendezvous() {}

  /** The owner of a partition among these names; absent where there are none. */
  static @Nullable String owner(List<String> names, String actor, int partition) {
    String best = null;
    long highest = 0;
    for (String name : names) {
      long drawn = draw(name, actor, partition);
      int order = best == null ? 1 : Long.compareUnsigned(drawn, highest);
      if (best == null || order > 0 || (order == 0 && name.compareTo(best) < 0)) {
        best = name;
        highest = drawn;
      }
    }
    return best;
  }

  /**
   * FNV-1a of 64 bits over the names' UTF-16 units, finished with the mixer of SplitMix64: the same
   * in every process, and spread well though names are alike.
   */
  private static long draw(String name, String actor, int partition) {
    long hash = add(add(0xcbf29ce484222325L, name) * 31 + 17, actor) + partition;
    hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
    hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
    return hash ^ (hash >>> 31);
  }

  private static long add(long hash, String text) {
    long mixed = hash;
    for (int i = 0; i < text.length(); i++) {
      mixed = (mixed ^ text.charAt(i)) * 0x100000001b3L;
    }
    return mixed;
  }
}
