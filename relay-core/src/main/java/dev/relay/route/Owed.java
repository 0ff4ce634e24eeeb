package dev.relay.route;

import dev.relay.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * A message owed to one actor.
 *
 * @param id the delivery's own id, a UUIDv7
 * @param actor the receiving actor
 * @param key the receiving instance; empty where the payload names none
 * @param message what it is owed
 * @param undeliverable why it is a dead letter from the start; absent where it can be delivered
 */
public record Owed(
    String id, String actor, String key, Message message, @Nullable String undeliverable) {}
