package dev.relay.store;

import dev.relay.message.ActorAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the store holds of an instance.
 *
 * @param address the instance
 * @param version how many turns it has had; 0 where it has had none
 * @param unchanged whether the version is the one the asker holds; the state is left out then
 * @param state the state as JSON text; absent where there is none or it is unchanged
 * @param updatedAt the time of its last turn; absent where it has had none
 */
public record StoredState(
    ActorAddress address,
    long version,
    boolean unchanged,
    @Nullable String state,
    @Nullable Instant updatedAt) {}
