package dev.relay.node;

import dev.relay.message.ActorAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One actor instance as Postgres holds it.
 *
 * @param address actor and key
 * @param version how many turns it has had
 * @param state its state; absent where its turns have set none
 * @param updatedAt the time of its last turn
 */
public record InstanceState(
    ActorAddress address, long version, @Nullable JsonNode state, Instant updatedAt) {}
