package dev.relay.store;

import dev.relay.message.ActorAddress;

/**
 * A delivery's row.
 *
 * @param id the delivery's id
 * @param to the receiving instance
 * @param partition its partition
 * @param status the status the row has: {@link DeliveryStatus#READY} or {@link
 *     DeliveryStatus#RETRYING} of a delivery that is being worked on
 */
public record DeliveryRef(String id, ActorAddress to, int partition, DeliveryStatus status) {}
