package dev.relay.server.http;

import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that request bodies may take together. Counted as bytes arrive and not as they are
 * announced, so a caller that announces a megabyte and sends nothing takes nothing. Thread-safe.
 */
final class BodyBudget {
  private final long most;
  private final AtomicLong used = new AtomicLong();

  BodyBudget(long most) {
    this.most = most;
  }

  /**
   * Takes so many bytes.
   *
   * @throws RelayException {@link ErrorCode#OVERLOADED} where they aren't left
   */
  void take(int bytes) {
    if (used.addAndGet(bytes) > most) {
      used.addAndGet(-bytes);
      throw RelayException.of(
              ErrorCode.OVERLOADED, "large requests are being worked on, no room for another now")
          .remedy("repeat after the seconds in Retry-After")
          .build();
    }
  }

  void giveBack(int bytes) {
    used.addAndGet(-bytes);
  }

  long used() {
    return used.get();
  }
}
