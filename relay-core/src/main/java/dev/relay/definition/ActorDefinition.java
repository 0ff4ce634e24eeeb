package dev.relay.definition;

import dev.relay.catalog.EventKind;
import dev.relay.catalog.Pattern;
import dev.relay.definition.expression.Script;
import dev.relay.find.Indexes;
import dev.relay.metric.Metric;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A checked {@code actor.yaml}. Immutable, thread-safe.
 *
 * @param name the actor's name
 * @param version the definition's version
 * @param description what the actor is, for people; may be empty
 * @param keyField the payload field that names an instance
 * @param javaClass the class with the handlers in Java; absent where all are declarative
 * @param stateSchema JSON Schema of the state
 * @param stateVersion the version of the state, 1 unless it was ever changed
 * @param migrations the steps that lead from one version to the next as expressions, by the version
 *     they make
 * @param indexes what instances can be found by
 * @param metrics what the business counts
 * @param handlers what it receives, by event name: commands, queries and subscriptions
 * @param produces the events it emits, by name
 * @param dependencies the actors it asks or tells, by name
 * @param retry how a failed delivery is retried
 * @param source the whole file as JSON, as it goes into the catalog
 */
public record ActorDefinition(
    String name,
    String version,
    String description,
    String keyField,
    @Nullable String javaClass,
    JsonNode stateSchema,
    int stateVersion,
    Map<Integer, Script> migrations,
    Indexes indexes,
    List<Metric> metrics,
    Map<String, HandlerDefinition> handlers,
    Map<String, ProducedEvent> produces,
    Map<String, Dependency> dependencies,
    RetryPolicy retry,
    JsonNode source) {
  public ActorDefinition {
    migrations = Map.copyOf(migrations);
    metrics = List.copyOf(metrics);
    handlers = Map.copyOf(handlers);
    produces = Map.copyOf(produces);
    dependencies = Map.copyOf(dependencies);
  }

  /** An actor whose state has had one form only, and whose instances nobody looks for. */
  public ActorDefinition(
      String name,
      String version,
      String description,
      String keyField,
      @Nullable String javaClass,
      JsonNode stateSchema,
      Map<String, HandlerDefinition> handlers,
      Map<String, ProducedEvent> produces,
      Map<String, Dependency> dependencies,
      RetryPolicy retry,
      JsonNode source) {
    this(
        name,
        version,
        description,
        keyField,
        javaClass,
        stateSchema,
        1,
        Map.of(),
        new Indexes(name, 1, List.of()),
        List.of(),
        handlers,
        produces,
        dependencies,
        retry,
        source);
  }

  /** Whether its handlers may tell a command later: one of its own, or one that it depends on. */
  public boolean tells(String command) {
    HandlerDefinition own = handlers.get(command);
    return (own != null && own.kind() == EventKind.COMMAND && own.pattern() == Pattern.TELL)
        || dependencies.values().stream()
            .anyMatch(each -> each.pattern() == Pattern.TELL && each.events().contains(command));
  }

  /** The events whose handlers are in {@link #javaClass}: those without a {@code do:}, by name. */
  public SortedSet<String> inJava() {
    SortedSet<String> events = new TreeSet<>();
    for (HandlerDefinition handler : handlers.values()) {
      if (handler.script() == null) {
        events.add(handler.event());
      }
    }
    return events;
  }
}
