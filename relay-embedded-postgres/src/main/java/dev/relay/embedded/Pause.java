package dev.relay.embedded;

import java.io.IOException;
import java.io.InterruptedIOException;

/** The breath between two looks at a condition that another process will make true. */
final class Pause {

  private Pause() {}

  static void briefly() throws IOException {
    try {
      Thread.sleep(5);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for PostgreSQL");
    }
  }
}
