package dev.relay.bench.process;

/** A child is ready; {@code port} is 0 where it takes its load inside its own process. */
record Started(int port) {}
