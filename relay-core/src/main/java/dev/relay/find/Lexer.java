package dev.relay.find;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts the text of a condition or an indexed value into its words and signs. */
final class Lexer {
  /** A piece of the text and where it begins. */
  record Token(Kind kind, String text, int start) {}

  enum Kind {
    NAME,
    VARIABLE,
    NUMBER,
    TEXT,
    SIGN,
    END
  }

  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:(?<name>[A-Za-z_]\\w*(?:\\.[A-Za-z_]\\w*)*)"
              + "|(?<variable>\\$[A-Za-z_]\\w*(?:\\.[A-Za-z_]\\w*)*(?:\\(\\))?)"
              + "|(?<number>\\d+(?:\\.\\d+)?)"
              + "|(?<text>\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*')"
              + "|(?<sign>\\?\\?|[<>!]=|[=<>+\\-*()?])"
              + "|(?<end>$))");

  /** Longest text that is looked at: far more than anybody means. */
  private static final int LONGEST = 4_000;

  private Lexer() {}

  static List<Token> tokens(String text) {
    if (text.length() > LONGEST) {
      throw new FindException("longer than " + LONGEST + " characters", 0, null);
    }
    List<Token> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(text);
    int at = 0;
    while (at <= text.length()) {
      matcher.region(at, text.length());
      if (!matcher.lookingAt()) {
        int bad = at + leadingSpace(text.substring(at));
        throw new FindException("not understood: " + text.substring(bad), bad, null);
      }
      Token token = token(matcher);
      tokens.add(token);
      if (token.kind() == Kind.END) {
        return tokens;
      }
      at = matcher.end();
    }
    return tokens;
  }

  private static int leadingSpace(String text) {
    return text.length() - text.stripLeading().length();
  }

  private static Token token(Matcher matcher) {
    for (Kind kind : Kind.values()) {
      String group = kind.name().toLowerCase(java.util.Locale.ROOT);
      String text = matcher.group(group);
      if (text != null) {
        return new Token(kind, text, matcher.start(group));
      }
    }
    throw new IllegalStateException("a token of no kind");
  }
}
