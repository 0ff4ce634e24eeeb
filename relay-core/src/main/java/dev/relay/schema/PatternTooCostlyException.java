package dev.relay.schema;

/** A regular expression that took more steps over a text than are allowed. */
final class PatternTooCostlyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PatternTooCostlyException(String pattern, int length) {
    super(
        "takes too many steps over a text of "
            + length
            + " characters with pattern "
            + Quoted.text(pattern)
            + "; rewrite the pattern without nested repetitions, or bound the text with maxLength",
        null,
        false,
        false);
  }
}
