package dev.relay.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a JSON Schema says of a field, as far as {@code properties} and local references reach. A
 * schema that says it otherwise, with {@code oneOf} for example, gets the benefit of the doubt.
 */
final class SchemaPath {
  /** References followed in a row; named types that only name each other end here. */
  private static final int MAX_HOPS = 20;

  /**
   * What is known of a field.
   *
   * @param schemas all that holds for its value; empty where nothing is known
   * @param mayLack whether a document may lack it
   * @param unknown the part of the path that no document has; absent where it may be there
   * @param siblings the fields there are beside that part
   */
  record Found(
      List<JsonNode> schemas, boolean mayLack, @Nullable String unknown, Set<String> siblings) {}

  private SchemaPath() {}

  /** Looks a path up. */
  static Found find(JsonNode document, List<String> path) {
    List<JsonNode> at = withReferred(document, document);
    boolean mayLack = false;
    for (String name : path) {
      Set<String> siblings = new TreeSet<>();
      at.forEach(schema -> siblings.addAll(schema.path("properties").propertyNames()));
      if (!siblings.contains(name) && at.stream().anyMatch(SchemaPath::isClosed)) {
        return new Found(List.of(), true, name, siblings);
      }
      mayLack |= at.stream().noneMatch(schema -> requires(schema, name));
      List<JsonNode> next = new ArrayList<>();
      for (JsonNode schema : at) {
        next.addAll(withReferred(document, schema.path("properties").path(name)));
      }
      at = next;
    }
    return new Found(at, mayLack, null, Set.of());
  }

  static boolean isClosed(JsonNode schema) {
    JsonNode more = schema.path("additionalProperties");
    return more.isBoolean() && !more.booleanValue() && !schema.has("patternProperties");
  }

  private static boolean requires(JsonNode schema, String field) {
    for (JsonNode name : schema.path("required")) {
      if (name.isString() && name.stringValue().equals(field)) {
        return true;
      }
    }
    return false;
  }

  /** A schema and what it refers to: beside a {@code $ref} other keywords hold as well. */
  static List<JsonNode> withReferred(JsonNode document, JsonNode schema) {
    List<JsonNode> schemas = new ArrayList<>();
    JsonNode at = schema;
    while (at.isObject() && schemas.size() < MAX_HOPS) {
      schemas.add(at);
      String reference = at.path("$ref").asString("");
      boolean local = reference.startsWith(References.PREFIX);
      String name = local ? reference.substring(References.PREFIX.length()) : "";
      at = document.path("$defs").path(name);
    }
    return schemas;
  }
}
