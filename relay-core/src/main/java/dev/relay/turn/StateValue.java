package dev.relay.turn;

import dev.relay.message.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;

/**
 * A state in its two forms: the JSON tree that rests in Postgres, and the Java value that handlers
 * see, made on first use and kept beside it. Immutable to its users; safe for one thread at a time.
 */
public final class StateValue {
  private final JsonNode tree;
  private @Nullable Object value;

  private StateValue(JsonNode tree, @Nullable Object value) {
    this.tree = tree;
    this.value = value;
  }

  /** A state known as JSON. */
  public static StateValue ofTree(JsonNode tree) {
    return new StateValue(tree, null);
  }

  /** A state known as a Java value; its JSON form is made at once. */
  public static StateValue ofValue(Object value) {
    return value instanceof JsonNode tree
        ? new StateValue(tree, null)
        : new StateValue(Json.mapper().valueToTree(value), value);
  }

  /** The JSON form; nobody changes it. */
  public JsonNode tree() {
    return tree;
  }

  /**
   * Whether this very object is the state's Java form, so that its JSON form needs no second
   * making.
   */
  boolean holds(Object candidate) {
    return value == candidate;
  }

  /** The Java form. */
  Object value(JavaType type) {
    Object known = value;
    if (known == null) {
      known = Json.mapper().treeToValue(tree, type);
      value = known;
    }
    return known;
  }
}
