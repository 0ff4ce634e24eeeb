package dev.relay.actor;

/** An actor's refusal, made by {@link Turn#refuse} and thrown by the handler. */
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  /** Made through {@link Turn#refuse}; public for tests that hold a turn of their own. */
  public RefusedException(String reason, String message) {
    super(message, null, false, false);
    this.reason = reason;
  }

  /** The refusal's stable word, for example {@code CART_FULL}. */
  public String reason() {
    return reason;
  }
}
