package dev.relay.definition.expression;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import dev.relay.definition.expression.Scan.Kind;
import dev.relay.definition.expression.Scan.Token;
import dev.relay.schema.Nearest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What can be known of an expression without running it: its syntax, the functions it calls and the
 * variables it reads.
 */
final class ExpressionCheck {
  /** Far beyond any transition a person reads; keeps the recursive parser within its stack. */
  static final int MAX_LENGTH = 20_000;

  /** Operators after which a plain name may be something else than a field of the root. */
  private static final Set<String> OTHER_CONTEXTS =
      Set.of(".", "[", "{", "~>", "^", "@", "#", "%", "**", "|");

  private static final Set<String> LITERALS = Set.of("true", "false", "null");

  private final List<Token> tokens;
  private final Sight sight;
  private final Set<String> known = new HashSet<>(Names.FUNCTIONS);
  private final List<ExpressionProblem> problems = new ArrayList<>();

  private ExpressionCheck(List<Token> tokens, Sight sight) {
    this.tokens = tokens;
    this.sight = sight;
  }

  /** All problems of an expression that sees this much; empty where it is fine. */
  static List<ExpressionProblem> problems(String text, Sight sight) {
    if (text.length() > MAX_LENGTH) {
      String message = "an expression of " + text.length() + " characters; at most " + MAX_LENGTH;
      return List.of(new ExpressionProblem(0, message, null));
    }
    if (text.isBlank()) {
      return List.of(new ExpressionProblem(0, "an empty expression", null));
    }
    ExpressionCheck check = new ExpressionCheck(Scan.of(text), sight);
    check.syntax(text);
    if (check.problems.isEmpty()) {
      check.names();
    }
    return List.copyOf(check.problems);
  }

  /**
   * The fields of the root that an expression reads, as far as its tokens tell without doubt: names
   * of an expression without paths, predicates, objects and functions of its own.
   */
  static List<Token> rootFields(String text) {
    List<Token> fields = new ArrayList<>();
    for (Token token : Scan.of(text)) {
      boolean leavesTheRoot =
          token.kind() == Kind.OPERATOR && OTHER_CONTEXTS.contains(token.text());
      if (leavesTheRoot || token.text().equals("function") || token.text().equals("λ")) {
        return List.of();
      }
      if (token.kind() == Kind.NAME && !LITERALS.contains(token.text())) {
        fields.add(token);
      }
    }
    return fields;
  }

  private void syntax(String text) {
    try {
      Jsonata.jsonata(text);
    } catch (JException broken) {
      problem(startOf(broken.getLocation()), sentence(broken));
    } catch (StackOverflowError deep) {
      problem(0, "an expression nested deeper than can be read");
    } catch (RuntimeException | Error broken) {
      // the parser of the library runs past the end of some broken texts; Error is its own throw
      if (broken instanceof VirtualMachineError) {
        throw broken;
      }
      problem(startOf(text.length()), "not a complete expression");
    }
  }

  /**
   * The library's sentence without its code; it names the end of a token, people want the start.
   */
  private static String sentence(JException broken) {
    String message = String.valueOf(broken.getMessage());
    return message.isEmpty()
        ? "not an expression"
        : Character.toLowerCase(message.charAt(0)) + message.substring(1);
  }

  private int startOf(int location) {
    for (Token token : tokens) {
      if (token.start() <= location && location <= token.end()) {
        return token.start();
      }
    }
    return tokens.isEmpty() ? 0 : tokens.get(tokens.size() - 1).start();
  }

  private void names() {
    known.addAll(sight.variables());
    collectBound();
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token.kind() == Kind.VARIABLE && !token.text().isEmpty() && !token.text().equals("$")) {
        name(token, i + 1 < tokens.size() && tokens.get(i + 1).is("("));
      }
    }
  }

  /**
   * Collects what the expression binds itself: {@code $x :=}, {@code @$x}, {@code #$i} and the
   * parameters of functions. Scopes are not told apart: a name bound anywhere counts as known.
   */
  private void collectBound() {
    boolean parameters = false;
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token.kind() == Kind.NAME
          && (token.text().equals("function") || token.text().equals("λ"))) {
        parameters = true;
      } else if (token.is(")")) {
        parameters = false;
      } else if (token.kind() == Kind.VARIABLE && (parameters || bindsAt(i))) {
        known.add(token.text());
      }
    }
  }

  private boolean bindsAt(int i) {
    boolean assigned = i + 1 < tokens.size() && tokens.get(i + 1).is(":=");
    boolean focus = i > 0 && (tokens.get(i - 1).is("@") || tokens.get(i - 1).is("#"));
    return assigned || focus;
  }

  private void name(Token token, boolean called) {
    String name = token.text();
    if (Names.RANDOM.contains(name)) {
      problem(token.start(), "$" + name + " would differ when a turn is retried; it isn't allowed");
    } else if (name.equals(Names.EVAL)) {
      problem(token.start(), "$eval runs text that can't be checked; it isn't allowed");
    } else if (Names.CLOCKS.contains(name) && !sight.clock()) {
      problem(token.start(), "a rule about a payload has no clock; compare times in do: fail:");
    } else if (Names.CLOCKS.contains(name) && !called) {
      problem(token.start(), "$" + name + " is a function; call it: $" + name + "()");
    } else if (!known.contains(name)) {
      unknown(token, called);
    }
  }

  private void unknown(Token token, boolean called) {
    if (token.text().equals("state") && !called) {
      problem(
          token.start(),
          "$state is the new state, known only in emit and reply; the old state is $ (its fields"
              + " need no prefix)");
      return;
    }
    String what = called ? "no function $" : "no variable $";
    String suggestion = Nearest.nearest(token.text(), known).map(name -> "$" + name).orElse(null);
    problems.add(new ExpressionProblem(token.start(), what + token.text(), suggestion));
  }

  private void problem(int offset, String message) {
    problems.add(new ExpressionProblem(offset, message, null));
  }
}
