package dev.relay.cli.output;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/** Lengths of time, short enough for a table. */
public final class Times {
  private Times() {}

  /** In the largest unit of which there are two or more. */
  public static String of(long millis) {
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

  /** From a time in ISO form until now; a dash where it is no time. */
  public static String since(String time) {
    try {
      return of(Math.max(0, Duration.between(Instant.parse(time), Instant.now()).toMillis()));
    } catch (DateTimeParseException e) {
      return "-";
    }
  }
}
