package dev.relay.cli.command.flow;

import dev.relay.cli.output.Times;
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
      return ago.isNegative()
          ? "in " + Times.of(ago.negated().toMillis())
          : Times.of(ago.toMillis());
    } catch (DateTimeParseException e) {
      return "-";
    }
  }
}
