package dev.relay.cli.output;

/** Text of others, made harmless for a terminal. */
public final class PlainText {
  private PlainText() {}

  /** The text on one line, without the controls that could steer a terminal. */
  public static String of(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char letter = text.charAt(i);
      boolean control = letter < 0x20 || (letter >= 0x7f && letter < 0xa0);
      plain.append(control ? ' ' : letter);
    }
    return plain.toString();
  }

  /** As {@link #of}, cut to so many characters. */
  public static String cut(String text, int most) {
    String plain = of(text);
    return plain.length() <= most ? plain : plain.substring(0, Math.max(0, most - 3)) + "...";
  }
}
