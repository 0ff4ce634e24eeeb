package dev.relay.definition;

import dev.relay.catalog.EventKind;
import dev.relay.catalog.Pattern;
import dev.relay.definition.expression.Rule;
import dev.relay.definition.expression.Script;
import dev.relay.find.FindQuery;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What an actor does with one event. Immutable.
 *
 * @param event the event's name
 * @param kind command, query, or event for a subscription
 * @param description what it does, for people; may be empty
 * @param pattern how the actor receives it
 * @param timeout how long an ask may take
 * @param keyField the payload field that names the instance where it differs from the actor's own
 * @param payloadSchema JSON Schema of the payload; absent for subscriptions, whose producer says
 * @param resultSchema JSON Schema of the reply, where one is declared
 * @param rules conditions on the payload that must hold, in order
 * @param emits the events this handler may emit
 * @param script the declarative transition; absent where the handler is in Java
 * @param find which instances a query is about that is asked of no single one; absent for others
 */
public record HandlerDefinition(
    String event,
    EventKind kind,
    String description,
    Pattern pattern,
    Duration timeout,
    @Nullable String keyField,
    @Nullable JsonNode payloadSchema,
    @Nullable JsonNode resultSchema,
    List<Rule> rules,
    Set<String> emits,
    @Nullable Script script,
    @Nullable FindQuery find) {
  public HandlerDefinition {
    rules = List.copyOf(rules);
    emits = Set.copyOf(emits);
  }

  /** A handler of one instance. */
  public HandlerDefinition(
      String event,
      EventKind kind,
      String description,
      Pattern pattern,
      Duration timeout,
      @Nullable String keyField,
      @Nullable JsonNode payloadSchema,
      @Nullable JsonNode resultSchema,
      List<Rule> rules,
      Set<String> emits,
      @Nullable Script script) {
    this(
        event,
        kind,
        description,
        pattern,
        timeout,
        keyField,
        payloadSchema,
        resultSchema,
        rules,
        emits,
        script,
        null);
  }

  /** Whether the handler may change the state and emit; queries may not. */
  public boolean readOnly() {
    return kind == EventKind.QUERY;
  }
}
