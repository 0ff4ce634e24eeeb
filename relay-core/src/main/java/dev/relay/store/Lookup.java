package dev.relay.store;

import dev.relay.message.ActorAddress;

/**
 * A question for an instance's state.
 *
 * @param address the instance
 * @param knownVersion the version the asker holds, so that an unchanged state need not travel; -1
 *     where it holds none
 */
public record Lookup(ActorAddress address, long knownVersion) {}
