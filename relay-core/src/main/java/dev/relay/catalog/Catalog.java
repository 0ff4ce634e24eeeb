package dev.relay.catalog;

import dev.relay.schema.Nearest;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * An immutable snapshot of the catalog: what the hot path reads. A change of the catalog makes a
 * new snapshot; a message is checked and routed by the snapshot that was current when it came.
 */
public final class Catalog {
  private final long version;
  private final Map<String, CatalogEvent> events;
  private final Map<String, ActorEntry> actors;
  private final Map<String, KeyTemplate> keyTemplates;

  /**
   * @param version grows with every change of the catalog
   * @param events by event name
   * @param actors by actor name
   */
  public Catalog(long version, Map<String, CatalogEvent> events, Map<String, ActorEntry> actors) {
    this.version = version;
    this.events = Collections.unmodifiableMap(new TreeMap<>(events));
    this.actors = Collections.unmodifiableMap(new TreeMap<>(actors));
    this.keyTemplates = readKeyTemplates();
  }

  private Map<String, KeyTemplate> readKeyTemplates() {
    Map<String, KeyTemplate> templates = new TreeMap<>();
    Stream.concat(
            actors.values().stream().map(ActorEntry::keyField),
            events.values().stream()
                .flatMap(event -> event.definition().consumers().stream())
                .map(Consumer::keyField))
        .filter(Objects::nonNull)
        .distinct()
        .forEach(key -> KeyTemplate.read(key).ifPresent(read -> templates.put(key, read)));
    return Collections.unmodifiableMap(templates);
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

  /**
   * A key of this catalog as the template that it is; empty where it isn't one, or is malformed.
   */
  public Optional<KeyTemplate> keyTemplate(String key) {
    return Optional.ofNullable(keyTemplates.get(key));
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
