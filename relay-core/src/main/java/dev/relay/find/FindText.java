package dev.relay.find;

import dev.relay.find.Condition.Operand;
import dev.relay.find.Lexer.Kind;
import dev.relay.find.Lexer.Token;
import dev.relay.message.Json;
import dev.relay.schema.Nearest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads what people write about finding: {@code status = "shipped" and total >= 100}, {@code
 * createdAt desc}. All methods throw {@link FindException} with the place of the mistake.
 */
public final class FindText {
  private FindText() {}

  /** A value as {@code indexes:} lists it, without its direction. */
  public static Value value(String text) {
    ValueParser parser = new ValueParser(Lexer.tokens(text));
    Value value = parser.comparison();
    if (parser.peek().kind() != Kind.END) {
      throw parser.unexpected("an operator, or asc or desc at the end");
    }
    return value;
  }

  /** The text of a value in {@code userId desc}, and whether it ends with {@code desc}. */
  public static Directed directed(String text) {
    String stripped = text.stripTrailing();
    for (String word : List.of("asc", "desc")) {
      String before = stripped.substring(0, Math.max(0, stripped.length() - word.length()));
      if (stripped.endsWith(word) && !before.isBlank() && before.endsWith(" ")) {
        return new Directed(before.stripTrailing(), word.equals("desc"));
      }
    }
    return new Directed(stripped, false);
  }

  /** A value's text and its direction. */
  public record Directed(String text, boolean descending) {}

  /** An order: {@code createdAt desc}, several with commas between them; empty for none. */
  public static List<Index.Key> order(String text, Indexes indexes) {
    List<Index.Key> keys = new ArrayList<>();
    int offset = 0;
    for (String part : text.isBlank() ? new String[0] : text.split(",", -1)) {
      Directed directed = directed(part);
      int start = offset + part.length() - part.stripLeading().length();
      try {
        keys.add(new Index.Key(column(value(directed.text()), 0, indexes), directed.descending()));
      } catch (FindException wrong) {
        String message = String.valueOf(wrong.getMessage());
        throw new FindException(message, start + wrong.offset(), wrong.suggestion());
      }
      offset += part.length() + 1;
    }
    return keys;
  }

  /**
   * Conditions with {@code and} between them; empty for none.
   *
   * @param typed whether a plain word stands for a text, {@code status = shipped}, as people type
   *     it; there is no {@code $payload} then
   */
  public static List<Condition> conditions(String text, Indexes indexes, boolean typed) {
    List<Condition> conditions = new ArrayList<>();
    if (text.isBlank()) {
      return conditions;
    }
    ValueParser parser = new ValueParser(Lexer.tokens(text));
    while (true) {
      conditions.add(new OneCondition(parser, text, indexes, typed).read());
      Token next = parser.next();
      if (next.kind() == Kind.END) {
        return conditions;
      }
      if (!next.text().equals("and")) {
        throw new FindException("expected and, found " + next.text(), next.start(), null);
      }
    }
  }

  static Column column(Value value, int offset, Indexes indexes) {
    String text = value.text();
    return indexes
        .column(text)
        .orElseThrow(
            () -> {
              List<String> known = indexes.columns().stream().map(Column::text).toList();
              String declared = known.isEmpty() ? "nothing" : String.join(", ", known);
              String message = text + " isn't indexed; " + indexes.actor() + " indexes " + declared;
              return new FindException(message, offset, Nearest.nearest(text, known).orElse(null));
            });
  }

  /** Reads one condition. */
  private record OneCondition(ValueParser parser, String text, Indexes indexes, boolean typed) {
    Condition read() {
      int start = parser.position();
      int offset = parser.peek().start();
      Value left = parser.sum();
      if (!parser.isComparison()) {
        return isTrue(left, offset);
      }
      String operator = parser.next().text();
      Optional<Column> whole = whole(start);
      if (whole.isPresent()) {
        return new Condition(whole.get(), "=", new Condition.Constant("true"));
      }
      Column column = column(left, offset, indexes);
      return new Condition(column, operator, operand(column));
    }

    private Condition isTrue(Value value, int offset) {
      Column column = column(value, offset, indexes);
      if (column.type() != ValueType.BOOLEAN) {
        throw parser.unexpected("a comparison such as " + column.text() + " = …");
      }
      return new Condition(column, "=", new Condition.Constant("true"));
    }

    /** The condition as a whole may be an indexed value: {@code available < threshold}. */
    private Optional<Column> whole(int start) {
      int behindOperator = parser.position();
      try {
        parser.back(start);
        Optional<Column> found = indexes.column(parser.comparison().text());
        if (found.isPresent()) {
          return found;
        }
      } catch (FindException constant) {
        // what follows the operator isn't part of a state
      }
      parser.back(behindOperator);
      return Optional.empty();
    }

    private Operand operand(Column column) {
      Token token = parser.peek();
      return switch (token.kind()) {
        case VARIABLE -> variable(parser.next());
        case TEXT -> constant(column, unquoted(parser.next()), token);
        default -> typed ? word(column, token) : literal(column, token);
      };
    }

    private Operand variable(Token token) {
      if (token.text().equals("$now()")) {
        return new Condition.Now();
      }
      List<String> path = Arrays.asList(token.text().split("\\."));
      if (typed || !path.get(0).equals("$payload") || path.size() < 2) {
        String known = typed ? "$now()" : "$payload.… or $now()";
        String message = token.text() + " is nothing here; expected a value, or " + known;
        throw new FindException(message, token.start(), null);
      }
      boolean optional = parser.isSign("?");
      if (optional) {
        parser.next();
      }
      return new Condition.Payload(path.subList(1, path.size()), optional);
    }

    private Operand literal(Column column, Token token) {
      boolean minus = parser.isSign("-");
      if (minus) {
        parser.next();
      }
      Token value = parser.next();
      boolean bool = value.text().equals("true") || value.text().equals("false");
      if (value.kind() == Kind.NUMBER && column.type() == ValueType.NUMBER) {
        return new Condition.Constant((minus ? "-" : "") + value.text());
      }
      if (bool && !minus && column.type() == ValueType.BOOLEAN) {
        return new Condition.Constant(value.text());
      }
      String hint = value.kind() == Kind.NAME ? "; write a text in quotes, or $payload." : "";
      String message = column.text() + " is " + column.type().words() + ", not " + value.text();
      throw new FindException(
          message + (hint.isEmpty() ? "" : hint + value.text()), token.start(), null);
    }

    /** Everything up to the next space, as somebody typed it. */
    private Operand word(Column column, Token token) {
      int end = token.start();
      while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
        end++;
      }
      String word = text.substring(token.start(), end);
      if (word.isEmpty()) {
        throw parser.unexpected("a value behind the comparison");
      }
      while (parser.peek().kind() != Kind.END && parser.peek().start() < end) {
        parser.next();
      }
      return constant(column, word, token);
    }

    private static Operand constant(Column column, String word, Token token) {
      List<String> allowed = column.allowed();
      if (!allowed.isEmpty() && !allowed.contains(word)) {
        String message = column.text() + " is " + String.join(" or ", allowed) + ", never " + word;
        throw new FindException(
            message, token.start(), Nearest.nearest(word, allowed).orElse(null));
      }
      return new Condition.Constant(
          column
              .type()
              .typed(word)
              .orElseThrow(
                  () ->
                      new FindException(
                          column.text() + " is " + column.type().words() + ", not " + word,
                          token.start(),
                          null)));
    }

    private static String unquoted(Token token) {
      String inner = token.text().substring(1, token.text().length() - 1);
      return token.text().startsWith("\"")
          ? Json.mapper().readTree(token.text()).stringValue()
          : inner.replace("\\'", "'").replace("\\\\", "\\");
    }
  }
}
