package dev.relay.server.endpoint;

import dev.relay.Relay;
import dev.relay.catalog.Catalog;
import dev.relay.catalog.CatalogEvent;
import dev.relay.catalog.CatalogJson;
import dev.relay.catalog.CatalogStore;
import dev.relay.catalog.EventDefinition;
import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import dev.relay.server.http.Answer;
import dev.relay.server.http.Call;
import dev.relay.server.http.Endpoint;
import dev.relay.server.http.Query;
import dev.relay.server.http.Route;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The catalog: read from this node's snapshot, added to in the store. */
public final class CatalogEndpoint implements Endpoint {
  private final Relay relay;
  private final RequestJson json;

  public CatalogEndpoint(Relay relay, RequestJson json) {
    this.relay = relay;
    this.json = json;
  }

  @Override
  public List<Route> routes() {
    // reading doesn't wait for anybody, but a catalog of hundreds of schemas takes a while to write
    return List.of(
        Route.get("/api/catalog/events", this::events).waiting(),
        Route.post("/api/catalog/events", this::add).waiting());
  }

  private void events(Call call) {
    Query query = call.query().only("event_name", "actor");
    Catalog catalog = relay.catalog();
    Collection<CatalogEvent> found =
        query
            .text("actor")
            .map(actor -> ofActor(catalog, actor))
            .orElseGet(() -> List.copyOf(catalog.events()));
    Optional<String> name = query.text("event_name");
    if (name.isPresent()) {
      CatalogEvent named = named(catalog, name.get());
      found = found.stream().filter(event -> event.name().equals(named.name())).toList();
    }
    List<EventDefinition> definitions = found.stream().map(CatalogEvent::definition).toList();
    call.answer(answer(200, definitions, catalog.version()));
  }

  private void add(Call call) {
    CatalogStore store = relay.catalogStore();
    EventDefinition added = store.add(CatalogJson.draft(json.read(call.body())));
    call.answer(answer(201, List.of(added), store.version()));
  }

  private static CatalogEvent named(Catalog catalog, String name) {
    return catalog
        .event(name)
        .orElseThrow(
            () ->
                RelayException.of(
                        ErrorCode.UNKNOWN_EVENT, "the catalog has no event \"" + name + "\"")
                    .remedy(
                        meant(
                            catalog.nearestEvent(name),
                            "GET /api/catalog/events lists the events there are"))
                    .build());
  }

  private static Collection<CatalogEvent> ofActor(Catalog catalog, String actor) {
    List<CatalogEvent> events = catalog.eventsOf(actor);
    if (events.isEmpty() && catalog.actor(actor).isEmpty()) {
      throw RelayException.of(ErrorCode.UNKNOWN_ACTOR, "the catalog has no actor \"" + actor + "\"")
          .remedy(
              meant(
                  catalog.nearestActor(actor),
                  "GET /api/catalog/events lists all events with their actors"))
          .build();
    }
    return events;
  }

  private static String meant(Optional<String> nearest, String otherwise) {
    return nearest.map(name -> "did you mean \"" + name + "\"?").orElse(otherwise);
  }

  private static Answer answer(int status, List<EventDefinition> events, long version) {
    return Answer.json(
        status,
        json -> {
          json.writeStartObject();
          json.writeBooleanProperty("success", true);
          json.writeArrayPropertyStart("events");
          events.forEach(event -> json.writeTree(CatalogJson.event(event)));
          json.writeEndArray();
          json.writeNumberProperty("catalog_version", version);
          json.writeEndObject();
        });
  }
}
