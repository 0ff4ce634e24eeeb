package dev.relay.flow;

import dev.relay.catalog.ActorEntry;
import dev.relay.catalog.Catalog;
import dev.relay.catalog.CatalogEvent;
import dev.relay.catalog.Consumer;
import dev.relay.catalog.EventDefinition;
import dev.relay.catalog.EventKind;
import dev.relay.catalog.Pattern;
import dev.relay.message.Json;
import dev.relay.schema.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The catalog with the messages by which flows are driven. They are no contract of anybody's, so
 * the catalog itself doesn't list them; a node needs them to route by. Thread-safe.
 */
public final class FlowCatalog implements Supplier<Catalog> {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private record Extended(Catalog of, Catalog with) {}

  private final Supplier<Catalog> catalogs;
  private volatile @Nullable Extended last;

  public FlowCatalog(Supplier<Catalog> catalogs) {
    this.catalogs = catalogs;
  }

  @Override
  public Catalog get() {
    Catalog catalog = catalogs.get();
    Extended known = last;
    if (known == null || known.of() != catalog) {
      known = new Extended(catalog, extend(catalog));
      last = known;
    }
    return known.with();
  }

  private static Catalog extend(Catalog catalog) {
    Map<String, CatalogEvent> events = new HashMap<>();
    Map<String, ActorEntry> actors = new HashMap<>();
    catalog.events().forEach(event -> events.put(event.name(), event));
    for (ActorEntry actor : catalog.actors()) {
      actors.put(actor.name(), actor);
      if (FlowNames.isFlow(actor.name()) && actor.definition().has("flow")) {
        String flow = FlowNames.flow(actor.name());
        put(events, FlowNames.next(flow), EventKind.EVENT, Pattern.PUBLISH, actor.name());
        put(events, FlowNames.get(flow), EventKind.QUERY, Pattern.ASK, actor.name());
        put(events, FlowNames.repair(flow), EventKind.COMMAND, Pattern.ASK, actor.name());
      }
    }
    return new Catalog(catalog.version(), events, actors);
  }

  private static void put(
      Map<String, CatalogEvent> events,
      String name,
      EventKind kind,
      Pattern pattern,
      String actor) {
    EventDefinition definition =
        new EventDefinition(
            UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)),
            name,
            kind,
            "Drives " + actor,
            kind == EventKind.EVENT ? actor : null,
            "1.0.0",
            Json.mapper().createObjectNode().put("type", "object"),
            null,
            "active",
            List.of(new Consumer(actor, pattern, TIMEOUT, FlowNames.ID)),
            Instant.EPOCH,
            Instant.EPOCH);
    events.put(name, new CatalogEvent(definition, document -> Verdict.ACCEPTED, null));
  }
}
