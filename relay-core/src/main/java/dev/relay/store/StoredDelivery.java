package dev.relay.store;

import dev.relay.message.Message;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A delivery as the store holds it.
 *
 * @param ref its row
 * @param message what is owed
 * @param attempts how often it was tried
 * @param dueAt when it may be worked on
 * @param timer the name of the receiver's own timer that fires with it; absent where it is none
 */
public record StoredDelivery(
    DeliveryRef ref, Message message, int attempts, Instant dueAt, @Nullable String timer) {}
