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
    return find(document, document, path);
  }

  /**
   * Looks a path up where a document is one of several kinds, by {@code anyOf} or {@code oneOf}:
   * what those say that have the field.
   */
  static Found findInAnyKind(JsonNode document, List<String> path) {
    Found always = find(document, path);
    List<Found> kinds = kinds(document).stream().map(kind -> find(document, kind, path)).toList();
    if (kinds.isEmpty() || always.unknown() != null) {
      return always;
    }
    List<Found> having = kinds.stream().filter(found -> found.unknown() == null).toList();
    if (having.isEmpty()) {
      Set<String> siblings = new TreeSet<>();
      kinds.forEach(found -> siblings.addAll(found.siblings()));
      return new Found(List.of(), true, kinds.get(0).unknown(), siblings);
    }
    List<JsonNode> schemas = new ArrayList<>(always.schemas());
    having.forEach(found -> schemas.addAll(found.schemas()));
    return new Found(schemas, true, null, Set.of());
  }

  private static List<JsonNode> kinds(JsonNode document) {
    List<JsonNode> kinds = new ArrayList<>();
    for (JsonNode schema : withReferred(document, document)) {
      schema.path("anyOf").forEach(kinds::add);
      schema.path("oneOf").forEach(kinds::add);
    }
    return kinds;
  }

  private static Found find(JsonNode document, JsonNode schema, List<String> path) {
    List<JsonNode> at = withReferred(document, schema);
    boolean mayLack = false;
    for (String name : path) {
      Set<String> siblings = new TreeSet<>();
      at.forEach(each -> siblings.addAll(each.path("properties").propertyNames()));
      if (!siblings.contains(name) && at.stream().anyMatch(SchemaPath::isClosed)) {
        return new Found(List.of(), true, name, siblings);
      }
      mayLack |= at.stream().noneMatch(each -> requires(each, name));
      List<JsonNode> next = new ArrayList<>();
      for (JsonNode each : at) {
        next.addAll(withReferred(document, each.path("properties").path(name)));
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
