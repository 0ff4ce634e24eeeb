package dev.relay.catalog;

import java.util.List;

/**
 * What the definitions of one or more actors say of the catalog. Immutable.
 *
 * <p>For each actor in {@code actors} the draft is complete: what that actor's previous draft
 * declared and this one doesn't is withdrawn. Of actors that aren't listed nothing is withdrawn.
 *
 * @param events declarations (by the producer of an event, by the handler of a command or query)
 *     and subscriptions
 * @param actors the actors whose definitions these are
 * @param flows processes across actors; none is withdrawn by being left out
 */
public record CatalogDraft(
    List<EventDraft> events, List<ActorEntry> actors, List<FlowEntry> flows) {
  public CatalogDraft {
    events = List.copyOf(events);
    actors = List.copyOf(actors);
    flows = List.copyOf(flows);
  }

  /** A draft without flows. */
  public CatalogDraft(List<EventDraft> events, List<ActorEntry> actors) {
    this(events, actors, List.of());
  }
}
