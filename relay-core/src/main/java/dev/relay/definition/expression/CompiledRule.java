package dev.relay.definition.expression;

import com.dashjoin.jsonata.Jsonata.Frame;
import tools.jackson.databind.JsonNode;

/** A condition on a payload. */
record CompiledRule(Expression expression) implements Rule {
  @Override
  public String text() {
    return expression.text();
  }

  @Override
  public boolean holds(JsonNode payload) {
    Object root = Values.fromJson(payload);
    Frame frame = Expression.metered();
    frame.bind("payload", root);
    return Boolean.TRUE.equals(expression.evaluate(root, frame));
  }
}
