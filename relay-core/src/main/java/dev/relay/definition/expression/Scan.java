package dev.relay.definition.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of an expression with exact places. The library's own syntax tree keeps its fields to
 * itself and notices an unknown function only when it runs, so names are looked for here.
 */
final class Scan {
  enum Kind {
    VARIABLE,
    NAME,
    STRING,
    NUMBER,
    REGEX,
    OPERATOR
  }

  /** A token; {@code text} of a variable is its name without the dollar sign. */
  record Token(Kind kind, String text, int start, int end) {
    boolean is(String operator) {
      return kind == Kind.OPERATOR && text.equals(operator);
    }
  }

  private static final String BREAKS = " \t\n\r.[]{}(),@#;:?+-*/%|=<>^&!~";
  private static final Set<String> DOUBLE =
      Set.of("..", ":=", "!=", ">=", "<=", "**", "~>", "?:", "??");
  private static final Set<String> WORDS = Set.of("and", "or", "in");

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private Scan(String text) {
    this.text = text;
  }

  /** The tokens, without white space and comments; stops quietly where the text is broken. */
  static List<Token> of(String text) {
    Scan scan = new Scan(text);
    while (scan.step()) {
      // each step takes one token
    }
    return List.copyOf(scan.tokens);
  }

  private boolean step() {
    skipBlanksAndComments();
    if (at >= text.length()) {
      return false;
    }
    char c = text.charAt(at);
    if (c == '"' || c == '\'' || c == '`') {
      return quoted(c);
    }
    if (c == '/' && !afterOperand()) {
      return regex();
    }
    if (BREAKS.indexOf(c) >= 0) {
      boolean two = at + 1 < text.length() && DOUBLE.contains(text.substring(at, at + 2));
      return add(Kind.OPERATOR, at, at + (two ? 2 : 1));
    }
    return c >= '0' && c <= '9' ? number() : word();
  }

  private void skipBlanksAndComments() {
    while (at < text.length()) {
      if (Character.isWhitespace(text.charAt(at))) {
        at++;
      } else if (text.startsWith("/*", at)) {
        int end = text.indexOf("*/", at + 2);
        at = end < 0 ? text.length() : end + 2;
      } else {
        return;
      }
    }
  }

  private boolean quoted(char quote) {
    int end = at + 1;
    while (end < text.length() && text.charAt(end) != quote) {
      end += text.charAt(end) == '\\' && quote != '`' ? 2 : 1;
    }
    return add(quote == '`' ? Kind.NAME : Kind.STRING, at, Math.min(end + 1, text.length()));
  }

  /** A slash after an operand divides; anywhere else it opens a regular expression. */
  private boolean afterOperand() {
    Token last = last();
    return last != null
        && (last.kind() != Kind.OPERATOR || last.is(")") || last.is("]") || last.is("}"));
  }

  private boolean regex() {
    int end = at + 1;
    int depth = 0;
    while (end < text.length() && (text.charAt(end) != '/' || depth > 0)) {
      char c = text.charAt(end);
      depth += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
      end += c == '\\' ? 2 : 1;
    }
    end = Math.min(end + 1, text.length());
    while (end < text.length() && "im".indexOf(text.charAt(end)) >= 0) {
      end++;
    }
    return add(Kind.REGEX, at, Math.min(end, text.length()));
  }

  private boolean number() {
    int end = at;
    while (end < text.length() && partOfNumber(end)) {
      end++;
    }
    return add(Kind.NUMBER, at, end);
  }

  private boolean partOfNumber(int place) {
    char c = text.charAt(place);
    return Character.isDigit(c)
        || (c == '.' && place + 1 < text.length() && Character.isDigit(text.charAt(place + 1)));
  }

  private boolean word() {
    int end = at;
    while (end < text.length() && BREAKS.indexOf(text.charAt(end)) < 0) {
      end++;
    }
    if (text.charAt(at) == '$') {
      tokens.add(new Token(Kind.VARIABLE, text.substring(at + 1, end), at, end));
      at = end;
      return true;
    }
    return add(WORDS.contains(text.substring(at, end)) ? Kind.OPERATOR : Kind.NAME, at, end);
  }

  private boolean add(Kind kind, int start, int end) {
    tokens.add(new Token(kind, text.substring(start, end), start, end));
    at = end;
    return true;
  }

  private @Nullable Token last() {
    return tokens.isEmpty() ? null : tokens.get(tokens.size() - 1);
  }
}
