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
      throw interrupted();
    }
  }

  /** What a start that is interrupted ends with; the thread stays marked as interrupted. */
  static IOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("interrupted while waiting for PostgreSQL");
  }
}
