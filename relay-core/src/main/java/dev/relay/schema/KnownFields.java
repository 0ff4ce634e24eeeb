package dev.relay.schema;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaLocation;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Which fields a schema knows by name: what an unknown one was probably meant to be. Serves one
 * explanation; not thread-safe.
 */
final class KnownFields {
  private final SchemaMap map;
  private final Map<SchemaLocation, Set<String>> byKeyword = new HashMap<>();

  KnownFields(SchemaMap map) {
    this.map = map;
  }

  /** The known fields that the document doesn't have yet. */
  Set<String> forUnknown(Error error) {
    Set<String> names = new LinkedHashSet<>(all(error));
    names.removeIf(error.getInstanceNode()::has);
    return names;
  }

  /** Whether the schema that calls a field unknown does name it, perhaps under a condition. */
  boolean knows(Error error) {
    return all(error).contains(error.getProperty());
  }

  private Set<String> all(Error error) {
    return byKeyword.computeIfAbsent(error.getSchemaLocation(), this::namedBeside);
  }

  private Set<String> namedBeside(SchemaLocation keyword) {
    List<String> place = Finding.parts(keyword.getFragment());
    String owner = Pointers.of(place.subList(0, Math.max(0, place.size() - 1)));
    String resource = keyword.getAbsoluteIri() == null ? "" : keyword.getAbsoluteIri().toString();
    Set<String> names = new LinkedHashSet<>();
    Set<JsonNode> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    map.target(resource, owner).ifPresent(schema -> collect(schema, names, seen));
    return names;
  }

  private void collect(JsonNode schema, Set<String> names, Set<JsonNode> seen) {
    if (!schema.isObject() || !seen.add(schema)) {
      return;
    }
    names.addAll(schema.path("properties").propertyNames());
    for (var keyword : schema.properties()) {
      if (References.inPlace(keyword.getKey())) {
        Subschemas.under(keyword.getKey(), keyword.getValue())
            .forEach(child -> collect(child.schema(), names, seen));
      }
    }
    map.references().stream()
        .filter(reference -> reference.owner() == schema)
        .forEach(reference -> map.target(reference).ifPresent(to -> collect(to, names, seen)));
  }
}
