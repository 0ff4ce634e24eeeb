package dev.relay.cli.output;

import java.util.Map;

/** Colours a word, or leaves it alone where colour isn't wanted. */
public final class Style {
  /** Leaves every word alone. */
  public static final Style PLAIN = new Style(false);

  private static final Style COLOURED = new Style(true);

  private final boolean coloured;

  private Style(boolean coloured) {
    this.coloured = coloured;
  }

  /**
   * Decides by what the user said, then by {@code NO_COLOR} and {@code CLICOLOR_FORCE}, then by who
   * is looking.
   *
   * @param when {@code auto}, {@code always} or {@code never}
   */
  public static Style of(String when, Map<String, String> environment, boolean isTerminal) {
    if (!when.equals("auto")) {
      return when.equals("always") ? COLOURED : PLAIN;
    }
    if (!environment.getOrDefault("NO_COLOR", "").isEmpty()) {
      return PLAIN;
    }
    String force = environment.getOrDefault("CLICOLOR_FORCE", "0");
    boolean dumb = environment.getOrDefault("TERM", "").equals("dumb");
    boolean wanted = (!force.isEmpty() && !force.equals("0")) || (isTerminal && !dumb);
    return wanted ? COLOURED : PLAIN;
  }

  public String bold(String text) {
    return wrap("1", text);
  }

  public String dim(String text) {
    return wrap("2", text);
  }

  public String red(String text) {
    return wrap("1;31", text);
  }

  public String green(String text) {
    return wrap("32", text);
  }

  public String yellow(String text) {
    return wrap("33", text);
  }

  private String wrap(String code, String text) {
    return coloured && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
