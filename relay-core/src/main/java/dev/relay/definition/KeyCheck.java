package dev.relay.definition;

import dev.relay.catalog.KeyTemplate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * Whether a field of a payload can name an actor instance: it is always there, and a text or a
 * whole number. Looks as far as {@code properties} and local references reach; a schema that says
 * it otherwise, with {@code oneOf} for example, gets the benefit of the doubt.
 */
final class KeyCheck {
  private static final Set<String> KEY_TYPES = Set.of("string", "integer");

  private KeyCheck() {}

  /** What is wrong with a field, or a template of fields, as a key; empty where nothing is. */
  static Optional<String> complaint(JsonNode payloadSchema, String key) {
    if (!KeyTemplate.isTemplate(key)) {
      return field(payloadSchema, key);
    }
    try {
      return KeyTemplate.parse(key).fields().stream()
          .flatMap(field -> field(payloadSchema, field).stream())
          .findFirst();
    } catch (IllegalArgumentException malformed) {
      return Optional.of(String.valueOf(malformed.getMessage()));
    }
  }

  private static Optional<String> field(JsonNode payloadSchema, String field) {
    List<JsonNode> schemas = SchemaPath.withReferred(payloadSchema, payloadSchema);
    if (field.indexOf('.') > 0 && !fields(payloadSchema).contains(field)) {
      return nested(payloadSchema, field);
    }
    if (!fields(payloadSchema).contains(field)) {
      String names = String.join(", ", fields(payloadSchema));
      String has = "; it has: " + (names.isEmpty() ? "none" : names);
      return schemas.stream().anyMatch(KeyCheck::isClosed)
          ? Optional.of("the payload has no field \"" + field + "\"" + has)
          : Optional.empty();
    }
    if (schemas.stream().noneMatch(schema -> mayRequire(schema, field))) {
      return Optional.of("the key \"" + field + "\" may be missing from the payload; require it");
    }
    return schemas.stream()
        .flatMap(schema -> SchemaPath.withReferred(payloadSchema, property(schema, field)).stream())
        .map(schema -> schema.path("type"))
        .filter(type -> type.isString() && !KEY_TYPES.contains(type.stringValue()))
        .findFirst()
        .map(
            type ->
                "the key \"" + field + "\" is a string, integer or uuid, not " + type.asString());
  }

  /** As {@link #field}, of a path such as {@code order.id}. */
  private static Optional<String> nested(JsonNode payloadSchema, String path) {
    SchemaPath.Found found = SchemaPath.find(payloadSchema, List.of(path.split("\\.", -1)));
    if (found.unknown() != null) {
      String has = found.siblings().isEmpty() ? "none" : String.join(", ", found.siblings());
      String where = "the payload has no field \"" + path + "\"; beside \"" + found.unknown();
      return Optional.of(where + "\" it has: " + has);
    }
    if (found.mayLack() && !found.schemas().isEmpty()) {
      return Optional.of("the key \"" + path + "\" may be missing from the payload; require it");
    }
    return found.schemas().stream()
        .map(schema -> schema.path("type").asString(""))
        .filter(type -> !type.isEmpty() && !KEY_TYPES.contains(type))
        .findFirst()
        .map(type -> "the key \"" + path + "\" is a string, integer or uuid, not " + type);
  }

  /** The fields of a payload, for suggestions. */
  static Set<String> fields(JsonNode payloadSchema) {
    Set<String> fields = new TreeSet<>();
    for (JsonNode schema : SchemaPath.withReferred(payloadSchema, payloadSchema)) {
      fields.addAll(schema.path("properties").propertyNames());
    }
    return fields;
  }

  /** All fields a payload may have; empty where it may have others than its schema names. */
  static Optional<Set<String>> allFields(JsonNode payloadSchema) {
    return SchemaPath.withReferred(payloadSchema, payloadSchema).stream()
            .anyMatch(KeyCheck::isClosed)
        ? Optional.of(fields(payloadSchema))
        : Optional.empty();
  }

  private static JsonNode property(JsonNode schema, String field) {
    return schema.path("properties").path(field);
  }

  private static boolean isClosed(JsonNode schema) {
    JsonNode more = schema.path("additionalProperties");
    return more.isBoolean() && !more.booleanValue() && !schema.has("patternProperties");
  }

  private static boolean mayRequire(JsonNode schema, String field) {
    for (JsonNode name : schema.path("required")) {
      if (name.isString() && name.stringValue().equals(field)) {
        return true;
      }
    }
    return schema.has("allOf") || schema.has("anyOf") || schema.has("oneOf");
  }
}
