package dev.relay.catalog;

import java.util.Map;
import java.util.Set;

/**
 * What the store holds when a draft is applied to it. Immutable.
 *
 * @param events by name
 * @param nextVersions by event name: the schema version that a changed schema gets when nobody
 *     named one
 * @param actors by name
 * @param declarations what the definitions applied so far declared
 * @param flows by name
 */
public record StoredCatalog(
    Map<String, EventDefinition> events,
    Map<String, String> nextVersions,
    Map<String, ActorEntry> actors,
    Set<Declaration> declarations,
    Map<String, FlowEntry> flows) {
  public StoredCatalog {
    events = Map.copyOf(events);
    nextVersions = Map.copyOf(nextVersions);
    actors = Map.copyOf(actors);
    declarations = Set.copyOf(declarations);
    flows = Map.copyOf(flows);
  }
}
