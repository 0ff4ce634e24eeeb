package dev.relay.chaos.actor;

/**
 * One of the numbered events that a source emits to one receiver.
 *
 * @param to the receiver's key
 * @param from the source's key
 * @param n 1, 2, 3 … for each kind, source and receiver
 * @param mark whether a poison actor fails on it
 */
public record Numbered(String to, String from, long n, boolean mark) {}
