package shop.notification;

/** A provider didn't take a message. */
public final class ProviderException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean refusal;

  /** It may take it later: the delivery that wanted it is retried. */
  public ProviderException(String message) {
    this(message, false);
  }

  /** No answer came: it may or may not have taken it, and the delivery is retried. */
  public ProviderException(String message, Throwable cause) {
    super(message, cause);
    this.refusal = false;
  }

  private ProviderException(String message, boolean refusal) {
    super(message);
    this.refusal = refusal;
  }

  /** It won't ever take it: a telephone number that is none, for example. */
  public static ProviderException refusal(String message) {
    return new ProviderException(message, true);
  }

  /** Whether another attempt would end the same way. */
  public boolean isRefusal() {
    return refusal;
  }
}
