package dev.relay.store;

import java.time.Instant;

/**
 * A delivery whose attempt failed.
 *
 * @param ref its row
 * @param status {@link DeliveryStatus#RETRYING} or {@link DeliveryStatus#DEAD}
 * @param attempts how often it was tried, this one included
 * @param dueAt when to try next
 * @param error what went wrong, for people
 */
public record Postponement(
    DeliveryRef ref, DeliveryStatus status, int attempts, Instant dueAt, String error) {}
