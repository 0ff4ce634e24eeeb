package dev.relay.definition;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as people write them in files and at the terminal: {@code 200ms}, {@code 5s}, {@code
 * 10m}, {@code 1d3h}. Whole numbers with the units d, h, m, s and ms, each at most once and from
 * the largest to the smallest.
 */
public final class Durations {
  /** What a duration looks like, for messages. */
  public static final String EXAMPLES = "200ms, 5s, 10m or 1d3h";

  private static final Pattern FORM =
      Pattern.compile(
          "(?:(\\d{1,6})d)?(?:(\\d{1,8})h)?(?:(\\d{1,9})m(?!s))?(?:(\\d{1,12})s)?(?:(\\d{1,15})ms)?");
  private static final Duration[] UNITS = {
    Duration.ofDays(1),
    Duration.ofHours(1),
    Duration.ofMinutes(1),
    Duration.ofSeconds(1),
    Duration.ofMillis(1)
  };
  private static final String[] NAMES = {"d", "h", "m", "s", "ms"};

  private Durations() {}

  /** Reads a duration; empty where the text is none. */
  public static Optional<Duration> parse(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    if (text.isBlank() || !matcher.matches()) {
      return Optional.empty();
    }
    Duration sum = Duration.ZERO;
    for (int unit = 0; unit < UNITS.length; unit++) {
      String amount = matcher.group(unit + 1);
      if (amount != null) {
        sum = sum.plus(UNITS[unit].multipliedBy(Long.parseLong(amount)));
      }
    }
    return Optional.of(sum);
  }

  /** Writes a duration so that {@link #parse} reads it again; parts below 1 ms are cut off. */
  public static String text(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("a duration isn't negative, this is: " + duration);
    }
    StringBuilder text = new StringBuilder();
    Duration left = duration;
    for (int unit = 0; unit < UNITS.length; unit++) {
      long amount = left.dividedBy(UNITS[unit]);
      if (amount > 0) {
        text.append(amount).append(NAMES[unit]);
        left = left.minus(UNITS[unit].multipliedBy(amount));
      }
    }
    return text.isEmpty() ? "0s" : text.toString();
  }
}
