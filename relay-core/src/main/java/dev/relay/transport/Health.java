package dev.relay.transport;

/**
 * How a transport's carrier is.
 *
 * @param reachable whether notices get through as far as known
 * @param detail one line for people: where it is, since when it fails, what to look at
 */
public record Health(boolean reachable, String detail) {}
