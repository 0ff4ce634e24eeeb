package dev.relay.schema;

import com.networknt.schema.SchemaException;

/**
 * A regular expression that took more steps over a text than are allowed. Of the library's own
 * kind, because every other one is logged as an error on its way, once for each hostile request.
 */
final class PatternTooCostlyException extends SchemaException {
  private static final long serialVersionUID = 1L;

  PatternTooCostlyException(String pattern, int length) {
    super(
        "takes too many steps over a text of "
            + length
            + " characters with pattern "
            + Quoted.text(pattern)
            + "; rewrite the pattern without nested repetitions, or bound the text with maxLength");
  }
}
