package dev.relay.definition.expression;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One compiled expression of a flow, over a document and named values. Thread-safe and pure. */
public interface Formula {
  /** The expression as it is written. */
  String text();

  /**
   * The value; absent where the expression gives none.
   *
   * @param root what plain names are fields of
   * @param variables what {@code $name} stands for, by name; those that are absent give nothing
   * @param now what {@code $now()} says
   * @throws ExpressionException where it can't be evaluated or goes beyond its bounds
   */
  @Nullable JsonNode value(JsonNode root, Map<String, JsonNode> variables, Instant now);

  /**
   * Whether a condition holds; one that gives nothing doesn't.
   *
   * @throws ExpressionException also where the result is neither true nor false
   */
  boolean holds(JsonNode root, Map<String, JsonNode> variables, Instant now);
}
