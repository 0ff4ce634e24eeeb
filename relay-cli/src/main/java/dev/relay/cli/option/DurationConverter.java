package dev.relay.cli.option;

import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Durations as people write them: {@code 500ms}, {@code 10s}, {@code 1m30s}, {@code 1d3h}. */
public final class DurationConverter implements ITypeConverter<Duration> {
  @Override
  public Duration convert(String text) {
    String rest = text.strip().toLowerCase(Locale.ROOT);
    Duration sum = Duration.ZERO;
    while (!rest.isEmpty()) {
      int digits = leading(rest, true);
      int letters = leading(rest.substring(digits), false);
      if (digits == 0 || digits > 9 || letters == 0) {
        throw refused(text);
      }
      long amount = Long.parseLong(rest.substring(0, digits));
      sum = sum.plus(amount(amount, rest.substring(digits, digits + letters), text));
      rest = rest.substring(digits + letters);
    }
    if (sum.isZero()) {
      throw refused(text);
    }
    return sum;
  }

  private static int leading(String text, boolean digits) {
    int length = 0;
    while (length < text.length()
        && (digits ? isDigit(text.charAt(length)) : !isDigit(text.charAt(length)))) {
      length++;
    }
    return length;
  }

  private static boolean isDigit(char letter) {
    return letter >= '0' && letter <= '9';
  }

  private static Duration amount(long amount, String unit, String text) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      case "d" -> Duration.ofDays(amount);
      default -> throw refused(text);
    };
  }

  private static TypeConversionException refused(String text) {
    return new TypeConversionException(
        "a duration looks like 500ms, 10s or 1m30s, found \"" + text + "\"");
  }
}
