package dev.relay.definition;

import tools.jackson.databind.JsonNode;

/**
 * An event that an actor emits. Immutable.
 *
 * @param event the event's name
 * @param description what has happened when it is emitted; may be empty
 * @param schemaVersion semantic version of the payload schema
 * @param payloadSchema JSON Schema of the payload
 */
public record ProducedEvent(
    String event, String description, String schemaVersion, JsonNode payloadSchema) {}
