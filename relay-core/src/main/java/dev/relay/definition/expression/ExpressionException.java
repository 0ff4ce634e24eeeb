package dev.relay.definition.expression;

/** An expression that can't be evaluated or went beyond its bounds. Never worth a retry. */
public final class ExpressionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ExpressionException(String message) {
    super(message);
  }
}
