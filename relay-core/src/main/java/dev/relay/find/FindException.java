package dev.relay.find;

import org.jspecify.annotations.Nullable;

/** A condition or an order that can't be understood, or that no index answers. */
public final class FindException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int offset;
  private final @Nullable String suggestion;

  /**
   * @param offset the place of the mistake in the text, in characters
   * @param suggestion the name that was probably meant
   */
  FindException(String message, int offset, @Nullable String suggestion) {
    super(message, null, false, false);
    this.offset = offset;
    this.suggestion = suggestion;
  }

  /** The place of the mistake in the text, in characters. */
  public int offset() {
    return offset;
  }

  /** The name that was probably meant. */
  public @Nullable String suggestion() {
    return suggestion;
  }
}
