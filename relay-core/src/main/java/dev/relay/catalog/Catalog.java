package dev.relay.catalog;

import dev.relay.schema.Nearest;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An immutable snapshot of the catalog: what the hot path reads. A change of the catalog makes a
 * new snapshot; a message is checked and routed by the snapshot that was current when it came.
 */
public final class Catalog {
  private final long version;
  private final Map<String, CatalogEvent> events;
  private final Map<String, ActorEntry> actors;

  /**
   * @param version grows with every change of the catalog
   * @param events by event name
   * @param actors by actor name
   */
  public Catalog(long version, Map<String, CatalogEvent> events, Map<String, ActorEntry> actors) {
    this.version = version;
    this.events = Collections.unmodifiableMap(new TreeMap<>(events));
    this.actors = Collections.unmodifiableMap(new TreeMap<>(actors));
  }

  /** The version of the catalog this snapshot shows; grows with every change. */
  public long version() {
    return version;
  }

  public Optional<CatalogEvent> event(String name) {
    return Optional.ofNullable(events.get(name));
  }

  public Optional<ActorEntry> actor(String name) {
    return Optional.ofNullable(actors.get(name));
  }

  /** All events, by name. */
  public Collection<CatalogEvent> events() {
    return events.values();
  }

  /** All actors, by name. */
  public Collection<ActorEntry> actors() {
    return actors.values();
  }

  /** The events that an actor emits or receives, by name. */
  public List<CatalogEvent> eventsOf(String actor) {
    return events.values().stream()
        .filter(
            event ->
                actor.equals(event.definition().producer()) || event.consumer(actor).isPresent())
        .toList();
  }

  /** The event name that is most like a mistyped one, where one is close enough. */
  public Optional<String> nearestEvent(String name) {
    return Nearest.nearest(name, events.keySet());
  }

  /** The actor name that is most like a mistyped one, where one is close enough. */
  public Optional<String> nearestActor(String name) {
    return Nearest.nearest(name, actors.keySet());
  }
}
