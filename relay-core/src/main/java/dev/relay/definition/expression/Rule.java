package dev.relay.definition.expression;

import tools.jackson.databind.JsonNode;

/** A condition on a payload, compiled once. Thread-safe. */
public interface Rule {
  /** The condition as it is written, for example {@code quantity >= 1}. */
  String text();

  /**
   * Whether the condition is true of the payload; anything but true doesn't hold.
   *
   * @throws ExpressionException where it can't be evaluated or goes beyond its bounds
   */
  boolean holds(JsonNode payload);
}
