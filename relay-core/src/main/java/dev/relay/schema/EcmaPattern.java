package dev.relay.schema;

import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Rewrites a regular expression of ECMA-262, the dialect JSON Schema speaks, for Java's engine. The
 * two differ in what {@code $}, {@code .}, {@code \s}, {@code \v}, {@code [^]}, {@code [[]} and
 * names of Unicode properties mean; a pattern handed over as it is would accept {@code "a\n"} for
 * {@code ^a$}. One pass over one pattern; not thread-safe.
 */
final class EcmaPattern {
  private static final String SPACE = "\\s\\x{FEFF}\\p{Z}";
  private static final Pattern COUNT = Pattern.compile("\\{\\d+(,\\d*)?}");

  /** Long names of Unicode's general categories; Java knows the short ones. */
  private static final Map<String, String> CATEGORIES =
      Map.ofEntries(
          Map.entry("Letter", "L"),
          Map.entry("Cased_Letter", "LC"),
          Map.entry("Lowercase_Letter", "Ll"),
          Map.entry("Uppercase_Letter", "Lu"),
          Map.entry("Titlecase_Letter", "Lt"),
          Map.entry("Modifier_Letter", "Lm"),
          Map.entry("Other_Letter", "Lo"),
          Map.entry("Mark", "M"),
          Map.entry("Number", "N"),
          Map.entry("Decimal_Number", "Nd"),
          Map.entry("digit", "Nd"),
          Map.entry("Letter_Number", "Nl"),
          Map.entry("Other_Number", "No"),
          Map.entry("Punctuation", "P"),
          Map.entry("punct", "P"),
          Map.entry("Symbol", "S"),
          Map.entry("Currency_Symbol", "Sc"),
          Map.entry("Math_Symbol", "Sm"),
          Map.entry("Separator", "Z"),
          Map.entry("Space_Separator", "Zs"),
          Map.entry("Other", "C"),
          Map.entry("Control", "Cc"),
          Map.entry("Alphabetic", "IsAlphabetic"),
          Map.entry("Uppercase", "IsUppercase"),
          Map.entry("Lowercase", "IsLowercase"),
          Map.entry("White_Space", "IsWhite_Space"),
          Map.entry("Ideographic", "IsIdeographic"),
          Map.entry("ASCII", "ASCII"));

  private final String source;
  private final StringBuilder java = new StringBuilder();
  private int at;

  private EcmaPattern(String source) {
    this.source = source;
  }

  /**
   * The same pattern for {@link Pattern}.
   *
   * @throws PatternSyntaxException where an escape isn't one of ECMA-262
   */
  static String toJava(String source) {
    EcmaPattern rewriting = new EcmaPattern(source);
    while (rewriting.at < source.length()) {
      rewriting.outside();
    }
    return rewriting.java.toString();
  }

  private void outside() {
    char c = source.charAt(at);
    switch (c) {
      case '\\' -> escape(false);
      case '[' -> characterClass();
      case '$' -> put("\\z");
      case '.' -> put("[^\\n\\r\\u2028\\u2029]");
      case '{' -> openBrace();
      case '(' -> openGroup();
      default -> put(String.valueOf(c));
    }
  }

  /** ECMA-262 lets a brace that counts nothing stand for itself; Java calls it illegal. */
  private void openBrace() {
    boolean counts = COUNT.matcher(source).region(at, source.length()).lookingAt();
    put(counts ? "{" : "\\{");
  }

  private void openGroup() {
    put("(");
    if (source.startsWith("?<", at)
        && !source.startsWith("?<=", at)
        && !source.startsWith("?<!", at)) {
      put("?<", 2);
      groupName();
    }
  }

  /** Group names may hold underscores, in Java only letters and digits. */
  private void groupName() {
    while (at < source.length() && source.charAt(at) != '>') {
      char c = source.charAt(at);
      put(Character.isLetterOrDigit(c) && c < 128 ? String.valueOf(c) : "x" + (int) c);
    }
  }

  private void characterClass() {
    int first = at + 1;
    if (source.startsWith("^]", first)) {
      put("[\\s\\S]", 3);
      return;
    }
    if (source.startsWith("]", first)) {
      put("(?!)", 2);
      return;
    }
    put("[");
    if (source.startsWith("^", at)) {
      put("^");
    }
    while (at < source.length() && source.charAt(at) != ']') {
      inside();
    }
    if (at < source.length()) {
      put("]");
    }
  }

  private void inside() {
    char c = source.charAt(at);
    switch (c) {
      case '\\' -> escape(true);
      case '[', '&', '^' -> put("\\" + c);
      default -> put(String.valueOf(c));
    }
  }

  private void escape(boolean insideClass) {
    if (at + 1 == source.length()) {
      throw problem("ends in a lone backslash");
    }
    char c = source.charAt(at + 1);
    switch (c) {
      case 's' -> put(insideClass ? SPACE : "[" + SPACE + "]", 2);
      case 'S' -> put("[^" + SPACE + "]", 2);
      case 'v' -> put("\\x0B", 2);
      case '0' -> put("\\x00", 2);
      case 'b' -> put(insideClass ? "\\x08" : "\\b", 2);
      case 'u' -> unicode();
      case 'p', 'P' -> property();
      case 'k' -> reference();
      case 'c' -> control();
      case 'd', 'D', 'w', 'W', 'B', 'f', 'n', 'r', 't', 'x' -> put("\\" + c, 2);
      case '1', '2', '3', '4', '5', '6', '7', '8', '9' -> put("\\" + c, 2);
      default -> identity(c);
    }
  }

  private void identity(char c) {
    if (Character.isLetterOrDigit(c)) {
      throw problem("\\" + c + " means nothing in a regular expression of ECMA-262");
    }
    put("\\" + c, 2);
  }

  private void unicode() {
    if (source.startsWith("{", at + 2)) {
      put("\\x", 2);
      copyThrough('}');
    } else {
      put("\\u", 2);
    }
  }

  private void control() {
    if (at + 2 == source.length()) {
      throw problem("\\c names no control character");
    }
    put(String.format("\\x%02X", source.charAt(at + 2) % 32), 3);
  }

  private void reference() {
    put("\\k", 2);
    if (source.startsWith("<", at)) {
      put("<");
      groupName();
    }
  }

  private void property() {
    int end = source.indexOf('}', at);
    if (!source.startsWith("{", at + 2) || end < 0) {
      throw problem("\\p needs a property in braces, for example \\p{L}");
    }
    String name = source.substring(at + 3, end);
    String known = CATEGORIES.getOrDefault(name, name.replace("Script_Extensions=", "Script="));
    put(source.substring(at, at + 3) + known + "}", end + 1 - at);
  }

  private void copyThrough(char last) {
    int end = source.indexOf(last, at);
    int stop = end < 0 ? source.length() : end + 1;
    put(source.substring(at, stop), stop - at);
  }

  private void put(String text) {
    put(text, 1);
  }

  private void put(String text, int consumed) {
    java.append(text);
    at += consumed;
  }

  private PatternSyntaxException problem(String description) {
    return new PatternSyntaxException(description, source, at);
  }
}
