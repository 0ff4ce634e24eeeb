package dev.relay.catalog;

import dev.relay.schema.DocumentSchema;
import dev.relay.schema.Verdict;
import dev.relay.schema.Violation;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Makes snapshots from rows. Schemas that haven't changed since the last snapshot aren't compiled
 * again. Thread-safe.
 */
public final class CatalogSnapshots {
  private static final Logger LOG = LoggerFactory.getLogger(CatalogSnapshots.class);

  private final CompiledSchemas schemas = new CompiledSchemas();
  private final Map<String, JsonNode> reported = new ConcurrentHashMap<>();

  /** A snapshot of these rows. An unusable schema becomes one that refuses everything. */
  public Catalog of(
      long version, Collection<EventDefinition> definitions, Collection<ActorEntry> entries) {
    Set<JsonNode> used = new HashSet<>();
    Map<String, CatalogEvent> events = new HashMap<>();
    for (EventDefinition definition : definitions) {
      DocumentSchema payload = schema(definition, "payload", definition.payloadSchema(), used);
      @Nullable JsonNode result = definition.resultSchema();
      @Nullable DocumentSchema reply =
          result == null ? null : schema(definition, "result", result, used);
      events.put(definition.name(), new CatalogEvent(definition, payload, reply));
    }
    schemas.retain(used);
    Map<String, ActorEntry> actors = new HashMap<>();
    entries.forEach(entry -> actors.put(entry.name(), entry));
    return new Catalog(version, events, actors);
  }

  CompiledSchemas schemas() {
    return schemas;
  }

  private DocumentSchema schema(
      EventDefinition event, String role, JsonNode schema, Set<JsonNode> used) {
    used.add(schema);
    CompiledSchemas.Compiled compiled = schemas.compile(schema);
    @Nullable DocumentSchema usable = compiled.schema();
    String place = event.name() + "'s " + role + " schema";
    if (usable != null) {
      reported.remove(place);
      return usable;
    }
    Verdict refusal = new Verdict.Refused(violations(place, compiled.problems()));
    if (!schema.equals(reported.put(place, schema))) {
      LOG.warn("The catalog has an error: {}", refusal.violations().get(0).message());
    }
    return document -> refusal;
  }

  private static List<Violation> violations(String place, List<Violation> problems) {
    return problems.stream()
        .map(
            problem ->
                new Violation(
                    "",
                    "schema",
                    place
                        + " is unusable until the catalog is corrected: "
                        + (problem.pointer().isEmpty() ? "it" : problem.pointer())
                        + " "
                        + problem.message()))
        .toList();
  }
}
