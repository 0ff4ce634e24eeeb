package dev.relay.definition.expression;

import com.dashjoin.jsonata.JException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text that counts how often it is looked at. A regular expression that backtracks without end is
 * noticed by the number of its looks, which is the same on every machine.
 */
final class BoundedText implements CharSequence {
  /** Looks allowed for one regular expression at one text: some milliseconds. */
  static final int MAX_LOOKS = 2_000_000;

  private final String text;
  private int looks;

  private BoundedText(String text) {
    this.text = text;
  }

  /** Finds all matches once, to see that it ends; the library then repeats it unguarded. */
  static void tryOut(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(new BoundedText(text));
    while (matcher.find()) {
      // each match moves on by itself
    }
  }

  @Override
  public char charAt(int index) {
    if (++looks > MAX_LOOKS) {
      throw new JException("a regular expression that takes too long; make it simpler", -1);
    }
    return text.charAt(index);
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.subSequence(start, end);
  }

  @Override
  public String toString() {
    return text;
  }
}
