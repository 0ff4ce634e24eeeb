package dev.relay.definition;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a definition.
 *
 * @param file the file as it was named to the reader
 * @param line counted from 1
 * @param column counted from 1
 * @param message what was found and what is expected
 * @param suggestion the name that was probably meant
 */
public record Problem(
    String file, int line, int column, String message, @Nullable String suggestion) {
  /** One line: {@code actors/cart/actor.yaml:7:5 unknown key "hanldes"; did you mean "handles"?} */
  @Override
  public String toString() {
    String hint = suggestion == null ? "" : "; did you mean \"" + suggestion + "\"?";
    return file + ":" + line + ":" + column + "  " + message + hint;
  }
}
