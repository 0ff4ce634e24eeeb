package dev.relay.bench.load;

/**
 * The result of a call whose latency counts from a later moment than its sending: from where it was
 * accepted, for example.
 *
 * @param nanos {@link System#nanoTime()} of that moment
 */
public record Since(long nanos) {}
