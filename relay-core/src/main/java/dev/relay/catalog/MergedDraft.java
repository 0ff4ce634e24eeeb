package dev.relay.catalog;

import dev.relay.schema.Violation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A draft's declarations and subscriptions put together by event: one declaration at most, and each
 * consumer once.
 */
final class MergedDraft {
  private final Map<String, EventDraft> declared = new TreeMap<>();
  private final Map<String, Map<String, Consumer>> consumers = new TreeMap<>();
  private final Map<String, ActorEntry> actors = new TreeMap<>();
  private final List<Violation> conflicts = new ArrayList<>();

  private final List<FlowEntry> flows;

  MergedDraft(CatalogDraft draft) {
    flows = draft.flows();
    draft.actors().forEach(actor -> actors.put(actor.name(), actor));
    draft.events().forEach(this::merge);
  }

  /** The declarations, by event name. */
  Map<String, EventDraft> declared() {
    return declared;
  }

  /** The consumers of an event, by actor name, as far as the draft knows them. */
  Map<String, Consumer> consumersOf(String event) {
    return consumers.getOrDefault(event, Map.of());
  }

  /** Every event with consumers in the draft. */
  Set<String> consumed() {
    return consumers.keySet();
  }

  /** The actors whose definitions the draft holds, by name. */
  Map<String, ActorEntry> actors() {
    return actors;
  }

  /** The flows. */
  List<FlowEntry> flows() {
    return flows;
  }

  /** What in the draft contradicts itself. */
  List<Violation> conflicts() {
    return conflicts;
  }

  /** The actor that speaks for a declared event: its producer, or the handler of a command. */
  @Nullable String ownerOf(EventDraft draft) {
    if (draft.kind() == EventKind.EVENT) {
      return draft.producer();
    }
    return draft.consumers().isEmpty() ? null : draft.consumers().get(0).actor();
  }

  /** What the store is to remember of this draft. */
  Set<Declaration> declarations() {
    Set<Declaration> all = new HashSet<>();
    for (EventDraft draft : declared.values()) {
      @Nullable String owner = ownerOf(draft);
      if (owner != null) {
        all.add(Declaration.declares(owner, draft.name()));
      }
    }
    consumers.forEach(
        (event, byActor) ->
            byActor.values().forEach(consumer -> all.add(Declaration.consumes(event, consumer))));
    return all;
  }

  private void merge(EventDraft draft) {
    if (!draft.isSubscription()) {
      @Nullable EventDraft other = declared.putIfAbsent(draft.name(), draft);
      if (other != null) {
        conflict(
            draft.name(),
            "is declared twice, by "
                + ownerOf(other)
                + " and by "
                + ownerOf(draft)
                + "; only one can");
      }
      if (draft.kind() != EventKind.EVENT && draft.consumers().size() > 1) {
        conflict(draft.name(), "is a " + draft.kind().text() + " with more than one handler");
      }
    }
    for (Consumer exact : draft.consumers()) {
      Consumer consumer = inMilliseconds(exact);
      Map<String, Consumer> byActor =
          consumers.computeIfAbsent(draft.name(), name -> new TreeMap<>());
      @Nullable Consumer other = byActor.putIfAbsent(consumer.actor(), consumer);
      if (other != null && !other.equals(consumer)) {
        conflict(draft.name(), "is consumed by " + consumer.actor() + " in two ways; choose one");
      }
    }
  }

  /** As the store keeps it. */
  private static Consumer inMilliseconds(Consumer consumer) {
    Duration timeout = Duration.ofMillis(consumer.timeout().toMillis());
    return new Consumer(consumer.actor(), consumer.pattern(), timeout, consumer.keyField());
  }

  private void conflict(String event, String message) {
    conflicts.add(new Violation("/events/" + event, "conflict", message));
  }
}
