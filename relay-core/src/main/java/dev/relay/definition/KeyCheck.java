package dev.relay.definition;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Whether a field of a payload can name an actor instance: it is always there, and a text or a
 * whole number. Looks as far as {@code properties} and local references reach; a schema that says
 * it otherwise, with {@code oneOf} for example, gets the benefit of the doubt.
 */
final class KeyCheck {
  private static final Set<String> KEY_TYPES = Set.of("string", "integer");

  private KeyCheck() {}

  /** What is wrong with the field as a key; empty where nothing is. */
  static Optional<String> complaint(JsonNode payloadSchema, String field) {
    JsonNode schema = resolved(payloadSchema, payloadSchema);
    JsonNode property = schema.path("properties").path(field);
    if (property.isMissingNode()) {
      return isClosed(schema)
          ? Optional.of("the payload has no field \"" + field + "\"; it has: " + names(schema))
          : Optional.empty();
    }
    if (!isRequired(schema, field)) {
      return Optional.of("the key \"" + field + "\" may be missing from the payload; require it");
    }
    String type = type(resolved(payloadSchema, property));
    return type == null || KEY_TYPES.contains(type)
        ? Optional.empty()
        : Optional.of("the key \"" + field + "\" is a string, integer or uuid, not " + type);
  }

  /** The fields of a payload, for suggestions. */
  static Set<String> fields(JsonNode payloadSchema) {
    return new TreeSet<>(resolved(payloadSchema, payloadSchema).path("properties").propertyNames());
  }

  /** All fields a payload may have; empty where it may have others than its schema names. */
  static Optional<Set<String>> allFields(JsonNode payloadSchema) {
    JsonNode schema = resolved(payloadSchema, payloadSchema);
    return isClosed(schema) ? Optional.of(fields(payloadSchema)) : Optional.empty();
  }

  private static String names(JsonNode schema) {
    Set<String> names = new TreeSet<>(schema.path("properties").propertyNames());
    return names.isEmpty() ? "none" : String.join(", ", names);
  }

  private static boolean isClosed(JsonNode schema) {
    JsonNode more = schema.path("additionalProperties");
    return more.isBoolean() && !more.booleanValue() && !schema.has("patternProperties");
  }

  private static boolean isRequired(JsonNode schema, String field) {
    for (JsonNode name : schema.path("required")) {
      if (name.isString() && name.stringValue().equals(field)) {
        return true;
      }
    }
    return schema.has("allOf") || schema.has("anyOf") || schema.has("oneOf");
  }

  private static @Nullable String type(JsonNode schema) {
    return schema.path("type").isString() ? schema.path("type").stringValue() : null;
  }

  private static JsonNode resolved(JsonNode document, JsonNode schema) {
    JsonNode at = schema;
    for (int hops = 0; hops < 20; hops++) {
      JsonNode reference = at.path("$ref");
      if (!reference.isString() || !reference.stringValue().startsWith(References.PREFIX)) {
        return at;
      }
      String name = reference.stringValue().substring(References.PREFIX.length());
      at = document.path("$defs").path(name);
    }
    return at;
  }
}
