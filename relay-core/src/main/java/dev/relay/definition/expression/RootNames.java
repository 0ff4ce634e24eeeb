package dev.relay.definition.expression;

import dev.relay.definition.expression.Scan.Kind;
import dev.relay.definition.expression.Scan.Token;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names that an expression reads from its root: {@code input} and {@code cart} of {@code
 * input.id & cart.items[price > 1].name}. Names behind a point, in a predicate, in a grouping or in
 * a function of its own are somebody else's fields.
 */
final class RootNames {
  private static final Set<String> WORDS = Set.of("true", "false", "null", "function", "λ");

  private RootNames() {}

  static List<Token> of(String text) {
    List<Token> names = new ArrayList<>();
    Deque<Boolean> atRoot = new ArrayDeque<>(List.of(true));
    Token before = null;
    for (Token token : Scan.of(text)) {
      if (token.is("|")) {
        return List.of();
      }
      if (token.is("(") || token.is("[") || token.is("{")) {
        atRoot.push(atRoot.element() && !elsewhere(token, before));
      } else if ((token.is(")") || token.is("]") || token.is("}")) && atRoot.size() > 1) {
        atRoot.pop();
      } else if (token.kind() == Kind.NAME
          && atRoot.element()
          && !WORDS.contains(token.text())
          && (before == null || !before.is("."))) {
        names.add(token);
      }
      before = token;
    }
    return names;
  }

  /** Whether a bracket opens something that isn't looked up in the root. */
  private static boolean elsewhere(Token bracket, @Nullable Token before) {
    if (before == null) {
      return false;
    }
    if (bracket.is("(")) {
      return before.is(".") || before.is("^");
    }
    return before.is(".")
        || before.is(")")
        || before.is("]")
        || before.is("}")
        || before.kind() == Kind.NAME
        || before.kind() == Kind.VARIABLE;
  }
}
