package dev.relay.store;

import dev.relay.message.Message;
import java.time.Instant;

/**
 * A delivery as the store holds it.
 *
 * @param ref its row
 * @param message what is owed
 * @param attempts how often it was tried
 * @param dueAt when it may be worked on
 */
public record StoredDelivery(DeliveryRef ref, Message message, int attempts, Instant dueAt) {}
