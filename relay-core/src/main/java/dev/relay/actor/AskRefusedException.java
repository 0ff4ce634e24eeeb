package dev.relay.actor;

import dev.relay.failure.RelayException;

/**
 * The other actor, its rules or the contract said no to an ask; the same ask would be refused
 * again. A handler that doesn't catch it refuses in turn: its caller gets the refusal, nothing is
 * written, and a delivery isn't retried.
 */
public final class AskRefusedException extends AskException {
  private static final long serialVersionUID = 1L;

  /** For those who carry out asks; handlers only catch it. */
  public AskRefusedException(String actor, String event, RelayException failure) {
    super(actor, event, "refused", failure);
  }
}
