package dev.relay.node;

import dev.relay.cluster.Member;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A living node and its share of the work. Immutable.
 *
 * @param member the node; absent for what is owed to actors that nobody hosts
 * @param partitions how many partitions of each actor it owns; of the absent one, how many have
 *     something owed
 * @param pending deliveries owed to its partitions and not consumed yet
 * @param retrying those of them that failed at least once
 * @param lag for how long the oldest of them has been due
 */
public record NodeLoad(
    @Nullable Member member,
    Map<String, Integer> partitions,
    long pending,
    long retrying,
    Duration lag) {
  public NodeLoad {
    partitions = Collections.unmodifiableMap(new TreeMap<>(partitions));
  }
}
