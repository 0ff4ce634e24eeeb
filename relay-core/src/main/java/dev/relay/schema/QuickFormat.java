package dev.relay.schema;

/** Formats of {@link QuickAcceptance}: what is surely one of them, in the form programs write. */
final class QuickFormat {
  /** Of each month, by its number. */
  private static final int[] DAYS = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  private QuickFormat() {}

  /**
   * A check that says yes to plain UUIDs, days and UTC date-times and leaves other texts to the
   * library.
   */
  static QuickCheck of(String format) {
    return switch (format) {
      case "uuid" -> (found, depth) -> !found.isString() || isUuid(found.stringValue());
      case "date" ->
          (found, depth) ->
              !found.isString()
                  || found.stringValue().length() == 10 && startsWithDay(found.stringValue());
      case "date-time" -> (found, depth) -> !found.isString() || isUtcTime(found.stringValue());
      default -> (found, depth) -> !found.isString();
    };
  }

  private static boolean isUuid(String text) {
    if (text.length() != 36) {
      return false;
    }
    for (int i = 0; i < 36; i++) {
      boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
      if (dash
          ? text.charAt(i) != '-'
          : Character.digit(text.charAt(i), 16) < 0 || text.charAt(i) > 'f') {
        return false;
      }
    }
    return true;
  }

  /** Hours to 23, minutes and seconds to 59: leap seconds are the library's. */
  private static boolean isUtcTime(String text) {
    int length = text.length();
    return length >= 20
        && length <= 30
        && startsWithDay(text)
        && text.charAt(10) == 'T'
        && between(text, 11, 0, 23)
        && text.charAt(13) == ':'
        && between(text, 14, 0, 59)
        && text.charAt(16) == ':'
        && between(text, 17, 0, 59)
        && text.charAt(length - 1) == 'Z'
        && (length == 20 || text.charAt(19) == '.' && length > 21 && digits(text, 20, length - 1));
  }

  /** A day that there is in any year: the 29th of February is the library's. */
  private static boolean startsWithDay(String text) {
    return digits(text, 0, 4)
        && text.charAt(4) == '-'
        && between(text, 5, 1, 12)
        && text.charAt(7) == '-'
        && between(text, 8, 1, DAYS[(text.charAt(5) - '0') * 10 + text.charAt(6) - '0']);
  }

  private static boolean between(String text, int at, int least, int most) {
    if (!digits(text, at, at + 2)) {
      return false;
    }
    int number = (text.charAt(at) - '0') * 10 + text.charAt(at + 1) - '0';
    return number >= least && number <= most;
  }

  private static boolean digits(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }
}
