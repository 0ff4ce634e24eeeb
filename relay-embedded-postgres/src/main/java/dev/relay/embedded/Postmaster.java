package dev.relay.embedded;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * A running server.
 *
 * @param readyAt by {@link System#nanoTime()}
 */
record Postmaster(WatchedProcess process, int port, long readyAt) {

  long pid() {
    return process.pid();
  }

  /** Completes when the server, or the shell that watches it, is no more. */
  CompletableFuture<?> onExit() {
    return process.onExit();
  }

  Duration age() {
    return Duration.ofNanos(System.nanoTime() - readyAt);
  }
}
