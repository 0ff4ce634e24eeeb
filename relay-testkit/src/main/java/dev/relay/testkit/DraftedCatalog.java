package dev.relay.testkit;

import dev.relay.catalog.ActorEntry;
import dev.relay.catalog.Catalog;
import dev.relay.catalog.CatalogDraft;
import dev.relay.catalog.CatalogEvent;
import dev.relay.catalog.Consumer;
import dev.relay.catalog.EventDefinition;
import dev.relay.catalog.EventDraft;
import dev.relay.schema.DocumentSchema;
import dev.relay.schema.SchemaCompiler;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The catalog as it would be if Postgres had taken a draft. */
final class DraftedCatalog {
  private static final SchemaCompiler COMPILER = new SchemaCompiler();

  private DraftedCatalog() {}

  static Catalog of(CatalogDraft draft) {
    Map<String, List<Consumer>> consumers = new HashMap<>();
    for (EventDraft event : draft.events()) {
      consumers.computeIfAbsent(event.name(), name -> new ArrayList<>()).addAll(event.consumers());
    }
    Map<String, CatalogEvent> events = new HashMap<>();
    for (EventDraft event : draft.events()) {
      JsonNode payload = event.payloadSchema();
      if (payload != null) {
        events.put(
            event.name(), event(event, payload, consumers.getOrDefault(event.name(), List.of())));
      }
    }
    Map<String, ActorEntry> actors = new HashMap<>();
    draft.actors().forEach(actor -> actors.put(actor.name(), actor));
    return new Catalog(1, events, actors);
  }

  private static CatalogEvent event(EventDraft event, JsonNode payload, List<Consumer> consumers) {
    JsonNode result = event.resultSchema();
    EventDefinition definition =
        new EventDefinition(
            new UUID(0, event.name().hashCode()),
            event.name(),
            event.kind(),
            event.description(),
            event.producer(),
            event.schemaVersion(),
            payload,
            result,
            "active",
            consumers,
            Instant.EPOCH,
            Instant.EPOCH);
    return new CatalogEvent(definition, COMPILER.compile(payload), compiled(result));
  }

  private static @Nullable DocumentSchema compiled(@Nullable JsonNode schema) {
    return schema == null ? null : COMPILER.compile(schema);
  }
}
