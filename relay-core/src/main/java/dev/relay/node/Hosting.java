package dev.relay.node;

import dev.relay.turn.Behaviour;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The actors that this node hosts, and how each fares. Immutable, thread-safe. */
final class Hosting {
  /** A hosted actor. */
  record Hosted(Behaviour behaviour, ActorTally tally) {}

  private final Map<String, Hosted> actors;

  Hosting(Map<String, Hosted> actors) {
    this.actors = new TreeMap<>(actors);
  }

  @Nullable Hosted find(String actor) {
    return actors.get(actor);
  }

  Set<String> names() {
    return actors.keySet();
  }

  Collection<Hosted> all() {
    return actors.values();
  }
}
