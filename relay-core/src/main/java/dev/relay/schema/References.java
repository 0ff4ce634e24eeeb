package dev.relay.schema;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Finds the references of a schema that lead nowhere, out of the document, or back to themselves
 * without having looked at any part of a document on the way. One search over one schema.
 */
final class References {
  private static final String META_SCHEMAS = "://json-schema.org/draft";

  /** Keywords whose schemas judge the very same value as the schema that holds them. */
  private static final Set<String> IN_PLACE =
      Set.of("allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas");

  private final SchemaMap map;
  private final Map<JsonNode, List<SchemaMap.Reference>> byOwner = new IdentityHashMap<>();
  private final Set<JsonNode> done = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<JsonNode> onTheWay = Collections.newSetFromMap(new IdentityHashMap<>());
  private final List<Violation> problems = new ArrayList<>();

  private References(SchemaMap map) {
    this.map = map;
    for (SchemaMap.Reference reference : map.references()) {
      byOwner.computeIfAbsent(reference.owner(), owner -> new ArrayList<>()).add(reference);
    }
  }

  /** Whether an address is that of a published meta-schema: those come with the library. */
  static boolean isMetaSchema(String address) {
    return address.startsWith("http" + META_SCHEMAS) || address.startsWith("https" + META_SCHEMAS);
  }

  /** Whether the schemas under a keyword judge the very value that their holder judges. */
  static boolean inPlace(String keyword) {
    return IN_PLACE.contains(keyword);
  }

  static List<Violation> problems(SchemaMap map) {
    References search = new References(map);
    map.references().forEach(search::mustLeadSomewhere);
    map.references().forEach(reference -> search.walk(reference.owner(), reference));
    return search.problems;
  }

  private void mustLeadSomewhere(SchemaMap.Reference reference) {
    String address = SchemaMap.resolve(reference.base(), reference.target());
    if (!isMetaSchema(address) && map.target(reference).isEmpty()) {
      report(reference, whereTo(reference.target()));
    }
  }

  private String whereTo(String target) {
    return target.startsWith("#")
        ? "leads to "
            + Quoted.text(target)
            + ", which isn't in this schema"
            + Nearest.suggestion(target, map.referable())
        : "leads to "
            + Quoted.text(target)
            + ", outside this schema; nothing is fetched from elsewhere: copy that definition"
            + " under \"$defs\" and refer to it as \"#/$defs/…\"";
  }

  /**
   * @param last the reference followed most recently
   */
  private void walk(JsonNode schema, SchemaMap.Reference last) {
    if (onTheWay.contains(schema)) {
      report(last, "leads back to itself, so that no check would ever end");
      return;
    }
    if (!done.add(schema)) {
      return;
    }
    onTheWay.add(schema);
    for (SchemaMap.Reference reference : byOwner.getOrDefault(schema, List.of())) {
      // where a dynamic reference leads is decided while checking; there the step limit guards
      if (reference.keyword().equals("$ref")) {
        map.target(reference).ifPresent(target -> walk(target, reference));
      }
    }
    for (var keyword : schema.properties()) {
      if (inPlace(keyword.getKey())) {
        Subschemas.under(keyword.getKey(), keyword.getValue())
            .forEach(child -> walk(child.schema(), last));
      }
    }
    onTheWay.remove(schema);
  }

  private void report(SchemaMap.Reference reference, String message) {
    problems.add(new Violation(reference.pointer(), reference.keyword(), message));
  }
}
