package dev.relay.transport;

/** A carrier couldn't be mended; the message says where it is, what it said, and what to do. */
public final class CarrierException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CarrierException(String message) {
    super(message);
  }

  public CarrierException(String message, Throwable cause) {
    super(message, cause);
  }
}
