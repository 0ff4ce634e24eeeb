package dev.relay.actor;

import dev.relay.failure.RelayException;
import java.time.Duration;
import java.util.Optional;

/**
 * The other actor didn't answer an ask: not in time, not reachable, not asked because it keeps
 * failing, or its handler broke. What was asked may still happen. A handler that doesn't catch this
 * fails: a delivery is retried, and then gets the answer if there is one by then.
 */
public final class AskFailedException extends AskException {
  private static final long serialVersionUID = 1L;

  /** For those who carry out asks; handlers only catch it. */
  public AskFailedException(String actor, String event, RelayException failure) {
    super(actor, event, "didn't answer", failure);
  }

  /** When another try makes sense, where that is known. */
  public Optional<Duration> retryAfter() {
    return failure().retryAfter();
  }
}
