package dev.relay.turn;

import dev.relay.catalog.EventDefinition;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is known of an event's reply: a reply that is the new state needs no second check where both
 * have the same schema.
 *
 * @param definition the event definition it is known of
 * @param isStates whether the reply's schema is that of the state
 */
record ReplySchema(EventDefinition definition, boolean isStates) {
  /** One schema comes from a file, the other from Postgres: 0.01 may be a double in one of them. */
  private static final Comparator<JsonNode> BY_VALUE =
      (one, other) ->
          one.isNumber() && other.isNumber()
              ? one.decimalValue().compareTo(other.decimalValue())
              : one.equals(other) ? 0 : 1;

  /**
   * Whether two schemas are the same document, once a reply schema that only refers to one of its
   * own definitions is replaced by that definition.
   */
  static boolean sameAsState(@Nullable JsonNode reply, JsonNode state) {
    return reply != null
        && (reply.equals(BY_VALUE, state) || inlined(reply).equals(BY_VALUE, state));
  }

  private static JsonNode inlined(JsonNode schema) {
    String reference = schema.path("$ref").stringValue("");
    JsonNode definitions = schema.path("$defs");
    if (schema.size() != 2 || !reference.startsWith("#/$defs/")) {
      return schema;
    }
    String name = reference.substring("#/$defs/".length());
    if (!(definitions.path(name) instanceof ObjectNode target)) {
      return schema;
    }
    ObjectNode rest = ((ObjectNode) definitions).deepCopy();
    rest.remove(name);
    ObjectNode whole = target.deepCopy();
    if (!rest.isEmpty()) {
      whole.set("$defs", rest);
    }
    return whole;
  }
}
