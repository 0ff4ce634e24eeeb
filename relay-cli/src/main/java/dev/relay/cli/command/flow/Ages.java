package dev.relay.cli.command.flow;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/** Times as people read them in a list. */
final class Ages {
  private Ages() {}

  /** How long ago a time was; a dash where there is none. */
  static String since(String time) {
    try {
      Duration ago = Duration.between(Instant.parse(time), Instant.now());
      return ago.isNegative() ? "in " + text(ago.negated().toMillis()) : text(ago.toMillis());
    } catch (DateTimeParseException e) {
      return "-";
    }
  }

  /** A time span with one unit. */
  static String text(long millis) {
    if (millis < 1000) {
      return millis + "ms";
    }
    long seconds = millis / 1000;
    if (seconds < 120) {
      return seconds + "s";
    }
    return seconds < 7200
        ? seconds / 60 + "m"
        : seconds < 172_800 ? seconds / 3600 + "h" : seconds / 86_400 + "d";
  }
}
