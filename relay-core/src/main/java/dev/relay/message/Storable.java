package dev.relay.message;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;

/**
 * What JSON allows and Postgres' {@code jsonb} can't hold, or would hold at an absurd size: the NUL
 * character, halves of surrogate pairs, numbers like {@code 1e999999999}.
 */
public final class Storable {
  /** Digits of a number: chosen; jsonb holds 131,072 before the point and 16,383 after. */
  static final int MAX_DIGITS = 1_000;

  /** Powers of ten of the first digit: chosen, beyond the 308 that a double reaches. */
  static final int MAX_EXPONENT = 400;

  /**
   * Characters of a number as text: sign, point and the zeros of the smallest one written plainly,
   * so that whatever may be written may be read again.
   */
  static final int MAX_CHARACTERS = MAX_DIGITS + MAX_EXPONENT + 10;

  private Storable() {}

  /** What is wrong with a text, as the rest of a sentence; empty where it can be stored. */
  public static Optional<String> problem(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        return Optional.of("holds the NUL character \\u0000, which can't be stored: leave it out");
      }
      if (Character.isSurrogate(c)) {
        boolean pair = i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1));
        if (!pair) {
          return Optional.of(
              String.format(
                  "holds \\u%04X, half a character: send the whole surrogate pair", (int) c));
        }
        i++;
      }
    }
    return Optional.empty();
  }

  /** What is wrong with a decimal; cheap even for {@code 1e999999999}, which is never expanded. */
  public static Optional<String> problem(BigDecimal number) {
    long exponent = (long) number.precision() - number.scale() - 1;
    if (number.precision() > MAX_DIGITS) {
      return tooManyDigits(number.precision());
    }
    if (Math.abs(exponent) > MAX_EXPONENT) {
      return Optional.of(
          "has the exponent "
              + exponent
              + ", must be between -"
              + MAX_EXPONENT
              + " and "
              + MAX_EXPONENT);
    }
    return Optional.empty();
  }

  /** What is wrong with an integer, told without turning millions of digits into text. */
  public static Optional<String> problem(BigInteger number) {
    // a digit takes less than four bits, so whatever has more bits than this has too many digits
    boolean tooLong = number.bitLength() > 4 * MAX_DIGITS;
    return tooManyDigits(tooLong ? Integer.MAX_VALUE : new BigDecimal(number).precision());
  }

  private static Optional<String> tooManyDigits(int digits) {
    return digits > MAX_DIGITS
        ? Optional.of("has more than " + MAX_DIGITS + " digits")
        : Optional.empty();
  }
}
