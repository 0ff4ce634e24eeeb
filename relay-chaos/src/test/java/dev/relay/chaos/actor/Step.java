package dev.relay.chaos.actor;

/**
 * A numbered event that goes through two hops before it arrives.
 *
 * @param via the key of the first hop
 * @param then the key of the second hop
 */
record Step(String to, String from, long n, String via, String then) {}
