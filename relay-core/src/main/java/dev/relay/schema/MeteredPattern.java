package dev.relay.schema;

import com.networknt.schema.regex.RegularExpression;
import java.util.regex.Pattern;

/**
 * An ECMA-262 regular expression whose matching ends after a bounded number of steps. Java's engine
 * backtracks, so a pattern like {@code (a+)+$} would otherwise keep a thread for years; it reads
 * the text through {@link CharSequence#charAt}, and that is where steps are counted: the same limit
 * on every machine, unlike a clock. Thread-safe.
 */
final class MeteredPattern implements RegularExpression {
  /** Steps for any text: chosen, some 10 ms; honest patterns need a few a character. */
  private static final int STEPS = 1_000_000;

  /** More steps for each character, so that long texts may be read many times over. */
  private static final int STEPS_PER_CHARACTER = 20;

  private final String source;
  private final Pattern pattern;

  /**
   * @throws java.util.regex.PatternSyntaxException where the source isn't a regular expression
   */
  MeteredPattern(String source) {
    this.source = source;
    this.pattern = Pattern.compile(EcmaPattern.toJava(source));
  }

  @Override
  public boolean matches(String value) {
    try {
      return pattern.matcher(new MeteredText(value)).find();
    } catch (StackOverflowError tooDeep) {
      // the engine recurses once a character for patterns like (a|b)*: as costly as too many steps
      throw new PatternTooCostlyException(source, value.length());
    }
  }

  private final class MeteredText implements CharSequence {
    private final String text;
    private long left;

    MeteredText(String text) {
      this.text = text;
      this.left = STEPS + (long) STEPS_PER_CHARACTER * text.length();
    }

    @Override
    public char charAt(int index) {
      if (--left < 0) {
        throw new PatternTooCostlyException(source, text.length());
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
