package dev.relay.node;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * An actor, who shares its partitions, and what it owes. Immutable.
 *
 * @param owners how many of its partitions each node owns; empty where nobody hosts it
 * @param pending deliveries owed to it and not consumed yet
 * @param retrying those of them that failed at least once
 * @param lag for how long the oldest of them has been due
 */
public record ActorLoad(
    String actor, Map<String, Integer> owners, long pending, long retrying, Duration lag) {
  public ActorLoad {
    owners = Collections.unmodifiableMap(new TreeMap<>(owners));
  }
}
