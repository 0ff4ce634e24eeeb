package dev.relay.definition;

import dev.relay.catalog.ActorEntry;
import dev.relay.catalog.Catalog;
import dev.relay.catalog.CatalogDraft;
import dev.relay.catalog.Consumer;
import dev.relay.catalog.EventDraft;
import dev.relay.catalog.EventKind;
import dev.relay.definition.ActorReader.Located;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Definitions that were read together. Immutable, thread-safe. */
public final class DefinitionSet {
  private final List<Located> located;

  DefinitionSet(List<Located> located) {
    this.located = List.copyOf(located);
  }

  /** The definitions, in the order in which they were read. */
  public List<ActorDefinition> definitions() {
    return located.stream().map(Located::definition).toList();
  }

  /**
   * Checks what these definitions say of others: subscriptions name events that one of them or the
   * catalog produces, with the key they need; dependencies name actors, and commands or queries
   * that those handle with that pattern.
   *
   * @param catalog what is known beside these definitions; empty where nothing is
   * @throws InvalidDefinitionException with every problem
   */
  public void check(Catalog catalog) {
    List<Problem> problems = new TogetherCheck(located, catalog).problems();
    if (!problems.isEmpty()) {
      throw new InvalidDefinitionException(problems);
    }
  }

  /** What these definitions say of the catalog, complete for each of their actors. */
  public CatalogDraft draft() {
    List<EventDraft> events = new ArrayList<>();
    List<ActorEntry> actors = new ArrayList<>();
    for (ActorDefinition actor : definitions()) {
      actors.add(
          new ActorEntry(
              actor.name(),
              actor.version(),
              actor.description(),
              actor.keyField(),
              actor.source()));
      ordered(actor.handlers()).forEach(handler -> events.add(received(actor, handler)));
      ordered(actor.produces()).forEach(event -> events.add(produced(actor, event)));
    }
    return new CatalogDraft(events, actors);
  }

  /**
   * A problem that somebody else found with one of these definitions, at its place in the file.
   *
   * @param actor the actor's name
   * @param event the handler it is about; absent where it is about the {@code class}
   */
  public Problem problem(String actor, @Nullable String event, String message) {
    for (Located one : located) {
      if (one.definition().name().equals(actor)) {
        Place place = one.places().of(event == null ? "class" : "handles/" + event);
        return new Problem(one.problems().file(), place.line(), place.column(), message, null);
      }
    }
    throw new IllegalArgumentException("no definition of " + actor + " among these");
  }

  private static <T> Iterable<T> ordered(Map<String, T> byName) {
    return new TreeMap<>(byName).values();
  }

  private static EventDraft received(ActorDefinition actor, HandlerDefinition handler) {
    Consumer consumer =
        new Consumer(actor.name(), handler.pattern(), handler.timeout(), handler.keyField());
    if (handler.kind() == EventKind.EVENT) {
      return EventDraft.subscription(handler.event(), consumer);
    }
    return new EventDraft(
        handler.event(),
        handler.kind(),
        handler.description(),
        null,
        EventDraft.FIRST_VERSION,
        handler.payloadSchema(),
        handler.resultSchema(),
        List.of(consumer));
  }

  private static EventDraft produced(ActorDefinition actor, ProducedEvent event) {
    return new EventDraft(
        event.event(),
        EventKind.EVENT,
        event.description(),
        actor.name(),
        event.schemaVersion(),
        event.payloadSchema(),
        null,
        List.of());
  }
}
