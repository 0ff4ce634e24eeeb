package dev.relay.catalog;

import dev.relay.message.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON form of the catalog, the same over HTTP and at the terminal: the columns' names, every
 * field always there, {@code null} where it has no value; times in RFC 3339.
 */
public final class CatalogJson {
  private CatalogJson() {}

  /**
   * An event definition with its consumers:
   *
   * <pre>{@code
   * {"event_name": "ADD_TO_CART", "kind": "command", "description": "…", "producer_actor": null,
   *  "schema_version": "1.0.0", "payload_schema": {…}, "result_schema": null, "status": "active",
   *  "consumers": [{"actor": "cart", "pattern": "ask", "timeout_ms": 5000, "key_field": null}],
   *  "created_at": "2026-02-03T04:05:06.123Z", "updated_at": "…"}
   * }</pre>
   */
  public static ObjectNode event(EventDefinition definition) {
    ObjectNode json = Json.mapper().createObjectNode();
    json.put("event_name", definition.name());
    json.put("kind", definition.kind().text());
    json.put("description", definition.description());
    json.put("producer_actor", definition.producer());
    json.put("schema_version", definition.schemaVersion());
    json.set("payload_schema", definition.payloadSchema());
    json.set("result_schema", orNull(definition.resultSchema()));
    json.put("status", definition.status());
    ArrayNode consumers = json.putArray("consumers");
    definition.consumers().forEach(consumer -> consumers.add(consumer(consumer)));
    json.put("created_at", definition.createdAt().toString());
    json.put("updated_at", definition.updatedAt().toString());
    return json;
  }

  /** An actor: {@code actor_name, version, description, key, definition}. */
  public static ObjectNode actor(ActorEntry actor) {
    ObjectNode json = Json.mapper().createObjectNode();
    json.put("actor_name", actor.name());
    json.put("version", actor.version());
    json.put("description", actor.description());
    json.put("key", actor.keyField());
    json.set("definition", actor.definition());
    return json;
  }

  /** What an apply did: an array of {@code {"subject", "action", "name", "text"}}. */
  public static ArrayNode changes(CatalogChanges changes) {
    ArrayNode json = Json.mapper().createArrayNode();
    for (CatalogChange change : changes.lines()) {
      json.addObject()
          .put("subject", change.subject().text())
          .put("action", change.action().text())
          .put("name", change.name())
          .put("text", change.text());
    }
    return json;
  }

  /**
   * Reads one event to add. Needed are {@code event_name}, and {@code producer_actor} for an event;
   * everything else has the default that the database has, so {@code payload_schema} is "any
   * object" and a consumer's {@code pattern} is {@code publish} for an event, {@code ask} for the
   * rest. The form of {@link #event} is accepted too; what the store decides ({@code created_at},
   * {@code updated_at}, and {@code status} as far as it is {@code active}) is passed over.
   *
   * @throws dev.relay.failure.RelayException {@code DEFINITION_INVALID} with every problem of form;
   *     names and schemas are checked by {@link CatalogStore#add}
   */
  public static EventDraft draft(JsonNode json) {
    return new EventDraftReader().read(json);
  }

  private static ObjectNode consumer(Consumer consumer) {
    ObjectNode json = Json.mapper().createObjectNode();
    json.put("actor", consumer.actor());
    json.put("pattern", consumer.pattern().text());
    json.put("timeout_ms", consumer.timeout().toMillis());
    json.put("key_field", consumer.keyField());
    return json;
  }

  private static JsonNode orNull(@Nullable JsonNode node) {
    return node == null ? Json.mapper().nullNode() : node;
  }
}
