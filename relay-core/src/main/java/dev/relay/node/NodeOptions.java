package dev.relay.node;

import java.time.Duration;

/**
 * How much a node takes on. Immutable.
 *
 * @param lanes threads that run turns and commit, each with a commit of its own under way; 2 by
 *     default: on 2 cores a third cost more processor time a turn, because groups grow smaller
 * @param maxWaiting asks, tells and publications accepted and not yet answered; more are refused
 * @param maxGroup turns of one kind in one commit group; bounds memory and the length of a commit
 * @param maxDeliveries deliveries held in memory; more wait in Postgres
 * @param cachedStateBytes weight of cached states, as the length of their JSON
 * @param drain how long a stopping node finishes what it accepted
 */
public record NodeOptions(
    int lanes,
    int maxWaiting,
    int maxGroup,
    int maxDeliveries,
    long cachedStateBytes,
    Duration drain) {
  /** 2 lanes, 4,096 waiting, groups of 256, 8,192 deliveries, 64 MiB of states, 30 s to drain. */
  public static final NodeOptions DEFAULT =
      new NodeOptions(2, 4_096, 256, 8_192, 64L << 20, Duration.ofSeconds(30));

  public NodeOptions {
    if (lanes < 1 || maxWaiting < 1 || maxGroup < 1 || maxDeliveries < 1 || cachedStateBytes < 0) {
      throw new IllegalArgumentException("every limit of a node is at least 1");
    }
  }
}
