package dev.relay.store;

import dev.relay.message.Message;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A delivery that is still owed, or dead.
 *
 * @param actor the receiving actor
 * @param key the receiving instance; empty where the payload names none
 * @param status where it stands
 * @param message what is owed
 * @param attempts how often it was tried
 * @param dueAt when it may be worked on
 * @param error why it failed last
 */
public record OpenDelivery(
    String actor,
    String key,
    DeliveryStatus status,
    Message message,
    int attempts,
    Instant dueAt,
    @Nullable String error) {}
