package dev.relay.definition;

import dev.relay.catalog.EventKind;
import dev.relay.catalog.Pattern;
import dev.relay.definition.expression.Rule;
import dev.relay.definition.expression.Script;
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
    @Nullable Script script) {
  public HandlerDefinition {
    rules = List.copyOf(rules);
    emits = Set.copyOf(emits);
  }

  /** Whether the handler may change the state and emit; queries may not. */
  public boolean readOnly() {
    return kind == EventKind.QUERY;
  }
}
