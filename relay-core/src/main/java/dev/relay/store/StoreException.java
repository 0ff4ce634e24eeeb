package dev.relay.store;

/** The store did not do its part. */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What that means for the caller. */
  public enum Kind {
    /** Somebody else wrote first; nothing was written. Load again and run again. */
    CONFLICT,
    /** The store can't be reached or asks to try again; nothing was written. */
    UNAVAILABLE,
    /** The connection broke during a commit; it may or may not have been written. */
    UNKNOWN,
    /** The node that commits was taken for dead by the others; nothing was written. */
    FENCED,
    /** The store refuses the content; trying again would end the same way. Nothing was written. */
    REJECTED
  }

  private final Kind kind;

  public StoreException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
