package dev.relay.catalog;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A row of the catalog with its consumers. Immutable.
 *
 * @param id the row's id
 * @param name the event's name, {@code UPPER_SNAKE}, unique
 * @param kind command, query or event
 * @param description what it means, for people; may be empty
 * @param producer the one actor that emits it; absent for commands and queries, which anyone sends
 * @param schemaVersion semantic version of the payload and result schemas, {@code 1.0.0} at first
 * @param payloadSchema JSON Schema, draft 2020-12, of the payload
 * @param resultSchema JSON Schema of the reply, where one is declared
 * @param status {@code active} or {@code deprecated}
 * @param consumers who receives it, by actor name
 */
public record EventDefinition(
    UUID id,
    String name,
    EventKind kind,
    String description,
    @Nullable String producer,
    String schemaVersion,
    JsonNode payloadSchema,
    @Nullable JsonNode resultSchema,
    String status,
    List<Consumer> consumers,
    Instant createdAt,
    Instant updatedAt) {
  public EventDefinition {
    consumers = List.copyOf(consumers);
  }
}
