package dev.relay.definition.expression;

import com.dashjoin.jsonata.Jsonata.Frame;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A formula out of one compiled expression. */
record CompiledFormula(Expression expression) implements Formula {
  @Override
  public String text() {
    return expression.text();
  }

  @Override
  public @Nullable JsonNode value(JsonNode root, Map<String, JsonNode> variables, Instant now) {
    Object result = result(root, variables, now);
    try {
      return Values.toJson(result);
    } catch (ExpressionException refused) {
      throw expression.failure(String.valueOf(refused.getMessage()));
    }
  }

  @Override
  public boolean holds(JsonNode root, Map<String, JsonNode> variables, Instant now) {
    Object result = result(root, variables, now);
    if (result == null || result instanceof Boolean) {
      return Boolean.TRUE.equals(result);
    }
    throw expression.failure("a condition is true or false, not " + Values.toJson(result));
  }

  private @Nullable Object result(JsonNode root, Map<String, JsonNode> variables, Instant now) {
    Frame frame = Expression.metered();
    variables.forEach((name, value) -> frame.bind(name, Values.fromJson(value)));
    SafeFunctions.clock(frame, now);
    return expression.evaluate(Values.fromJson(root), frame);
  }
}
