package dev.relay.store;

import java.time.Instant;

/**
 * What a partition owes.
 *
 * @param actor the receiving actor
 * @param partition its number
 * @param pending deliveries that may be worked on now, or wait for their next attempt
 * @param retrying those of them that failed at least once
 * @param oldest since when the oldest of them has been due
 */
public record PartitionLoad(
    String actor, int partition, long pending, long retrying, Instant oldest) {}
