package dev.relay.definition;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** References from one schema to the named types of its definition. */
final class References {
  static final String PREFIX = "#/$defs/";

  private References() {}

  /** The named type that a schema is nothing but a reference to. */
  static @Nullable String target(@Nullable JsonNode schema) {
    if (schema == null || schema.size() != 1 || !schema.path("$ref").isString()) {
      return null;
    }
    String reference = schema.path("$ref").stringValue();
    return reference.startsWith(PREFIX) ? reference.substring(PREFIX.length()) : null;
  }

  /** Every {@code $ref} within a schema. */
  static Set<String> in(JsonNode schema) {
    Set<String> references = new TreeSet<>();
    for (JsonNode reference : schema.findValues("$ref")) {
      if (reference.isString()) {
        references.add(reference.stringValue());
      }
    }
    return references;
  }

  /** A copy with the named types it needs, directly or through others, under {@code $defs}. */
  static JsonNode withDefinitions(JsonNode schema, Map<String, JsonNode> types) {
    if (!(schema instanceof ObjectNode object)) {
      return schema;
    }
    ObjectNode copy = object.deepCopy();
    Deque<JsonNode> toDo = new ArrayDeque<>(Set.of(object));
    while (!toDo.isEmpty()) {
      for (String reference : in(toDo.pop())) {
        String name = reference.startsWith(PREFIX) ? reference.substring(PREFIX.length()) : "";
        JsonNode type = types.get(name);
        if (type != null && !copy.path("$defs").has(name)) {
          copy.withObject("/$defs").set(name, type);
          toDo.push(type);
        }
      }
    }
    return copy;
  }
}
