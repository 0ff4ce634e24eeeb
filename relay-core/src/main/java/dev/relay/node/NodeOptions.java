package dev.relay.node;

import java.time.Duration;

/**
 * How much a node takes on. Immutable.
 *
 * @param lanes pairs of threads that run turns and write them, each with one commit under way; one
 *     for two processors by default, at most 8: a second on two processors costs a fifth more time
 *     a turn (measured), because groups grow smaller
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
  /**
   * A lane for two processors, 4,096 waiting, groups of 256, 8,192 deliveries, 64 MiB of states, 30
   * s to drain.
   */
  public static final NodeOptions DEFAULT =
      new NodeOptions(
          Math.max(1, Math.min(8, Runtime.getRuntime().availableProcessors() / 2)),
          4_096,
          256,
          8_192,
          64L << 20,
          Duration.ofSeconds(30));

  public NodeOptions {
    if (lanes < 1 || maxWaiting < 1 || maxGroup < 1 || maxDeliveries < 1 || cachedStateBytes < 0) {
      throw new IllegalArgumentException("every limit of a node is at least 1");
    }
  }
}
