package dev.relay.message;

/** Input that isn't taken as JSON, with the place where reading stopped. */
public final class MalformedJsonException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why the input is refused; each is a kind of answer to the sender. */
  public enum Kind {
    /** Not JSON, or JSON that can't be stored: a NUL character, half a character, a huge number. */
    MALFORMED,
    /** More bytes than allowed. */
    TOO_LARGE,
    /** Nested deeper, or with more values, than allowed. */
    TOO_COMPLEX
  }

  private final Kind kind;
  private final int line;
  private final int column;

  MalformedJsonException(Kind kind, String problem, int line, int column) {
    super(line == 0 ? problem : problem + " (line " + line + ", column " + column + ")");
    this.kind = kind;
    this.line = line;
    this.column = column;
  }

  public Kind kind() {
    return kind;
  }

  /** The line, from 1; 0 where the input as a whole is meant. */
  public int line() {
    return line;
  }

  /** The column, from 1, counted in bytes or characters as the input was given; 0 as for lines. */
  public int column() {
    return column;
  }
}
