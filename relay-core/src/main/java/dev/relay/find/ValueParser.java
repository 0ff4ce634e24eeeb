package dev.relay.find;

import dev.relay.find.Lexer.Kind;
import dev.relay.find.Lexer.Token;
import java.math.BigDecimal;
import java.util.List;

/** Reads indexed values: fields, sums and products of them, comparisons. */
final class ValueParser {
  /** Brackets inside one another; chosen, nobody writes more by hand. */
  private static final int DEEPEST = 20;

  private final List<Token> tokens;
  private int at;
  private int depth;

  ValueParser(List<Token> tokens) {
    this.tokens = tokens;
  }

  Token peek() {
    return tokens.get(at);
  }

  Token next() {
    Token token = tokens.get(at);
    at = Math.min(at + 1, tokens.size() - 1);
    return token;
  }

  int position() {
    return at;
  }

  void back(int position) {
    at = position;
  }

  boolean isSign(String... signs) {
    return peek().kind() == Kind.SIGN && List.of(signs).contains(peek().text());
  }

  boolean isComparison() {
    return isSign("=", "!=", "<", "<=", ">", ">=");
  }

  /** A sum, or two that are compared. */
  Value comparison() {
    Value left = sum();
    if (!isComparison()) {
      return left;
    }
    String operator = next().text();
    return new Value.Computed(left, operator, sum());
  }

  Value sum() {
    Value value = product();
    while (isSign("+", "-")) {
      String operator = next().text();
      value = new Value.Computed(value, operator, product());
    }
    return value;
  }

  private Value product() {
    Value value = operand();
    while (isSign("*")) {
      next();
      value = new Value.Computed(value, "*", operand());
    }
    return value;
  }

  private Value operand() {
    Value value = plain();
    if (!isSign("??")) {
      return value;
    }
    next();
    return new Value.Default(value, number());
  }

  private Value plain() {
    Token token = peek();
    if (token.kind() == Kind.NAME) {
      next();
      return new Value.Field(List.of(token.text().split("\\.")));
    }
    if (token.kind() == Kind.NUMBER) {
      return new Value.Constant(number());
    }
    if (!isSign("(") || ++depth > DEEPEST) {
      throw unexpected("a field of the state");
    }
    next();
    Value value = comparison();
    if (!isSign(")")) {
      throw unexpected("a closing bracket");
    }
    next();
    depth--;
    return value;
  }

  private BigDecimal number() {
    if (peek().kind() != Kind.NUMBER) {
      throw unexpected("a number");
    }
    return new BigDecimal(next().text());
  }

  FindException unexpected(String expected) {
    Token found = peek();
    String what = found.kind() == Kind.END ? "the end" : found.text();
    return new FindException("expected " + expected + ", found " + what, found.start(), null);
  }
}
