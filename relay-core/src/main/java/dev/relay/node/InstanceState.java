package dev.relay.node;

import dev.relay.message.ActorAddress;
import dev.relay.message.Json;
import dev.relay.store.StoredState;
import dev.relay.turn.Behaviour;
import java.time.Instant;
import java.util.Objects;
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
    ActorAddress address, long version, @Nullable JsonNode state, Instant updatedAt) {
  /** The instance with a state that was read. */
  public static InstanceState of(StoredState stored) {
    String text = stored.state();
    return new InstanceState(
        stored.address(),
        stored.version(),
        text == null ? null : Behaviour.plain(Json.mapper().readTree(text)),
        Objects.requireNonNullElse(stored.updatedAt(), Instant.EPOCH));
  }
}
