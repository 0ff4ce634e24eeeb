package dev.relay.store;

import dev.relay.message.ActorAddress;
import org.jspecify.annotations.Nullable;

/**
 * The state of one instance after the turns of a group.
 *
 * @param address the instance
 * @param base the version before; the write counts only where the store still holds this one
 * @param version the version after: base plus the number of turns
 * @param state the state as JSON text; absent where there is none
 */
public record StateWrite(ActorAddress address, long base, long version, @Nullable String state) {}
