package dev.relay.schema;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/** The keywords that choose between schemas. Thread-safe. */
final class QuickChoice implements QuickCheck {
  private final List<QuickSchema> choices;

  /**
   * @param choices of which one that surely holds is enough
   */
  QuickChoice(List<QuickSchema> choices) {
    this.choices = List.copyOf(choices);
  }

  @Override
  public boolean accepts(JsonNode value, int depth) {
    for (int i = 0; i < choices.size(); i++) {
      if (choices.get(i).accepts(value, depth - 1)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether no value holds for two of these schemas, since all of them are for objects in which one
   * property has to be there, and has other words in each.
   *
   * @param resolved gives what a schema refers to; itself where it refers to nothing
   */
  static boolean areDistinct(JsonNode schemas, UnaryOperator<JsonNode> resolved) {
    if (schemas.isEmpty()) {
      return false;
    }
    for (String property : resolved.apply(schemas.get(0)).path("properties").propertyNames()) {
      if (tellsApart(property, schemas, resolved)) {
        return true;
      }
    }
    return false;
  }

  private static boolean tellsApart(
      String property, JsonNode schemas, UnaryOperator<JsonNode> resolved) {
    Set<String> seen = new HashSet<>();
    for (JsonNode each : schemas) {
      JsonNode schema = resolved.apply(each);
      JsonNode words = resolved.apply(schema.path("properties").path(property)).path("enum");
      boolean required =
          schema.path("type").asString("").equals("object")
              && schema
                  .path("required")
                  .valueStream()
                  .anyMatch(name -> property.equals(name.asString("")));
      if (!required || words.isEmpty()) {
        return false;
      }
      for (JsonNode word : words) {
        if (!word.isString() || !seen.add(word.stringValue())) {
          return false;
        }
      }
    }
    return true;
  }
}
