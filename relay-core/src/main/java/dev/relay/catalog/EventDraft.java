package dev.relay.catalog;

import dev.relay.message.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An event definition as somebody wishes it to be, not yet in the catalog. Immutable.
 *
 * <p>With a payload schema the draft declares the event. Without one it is a <b>subscription</b>:
 * it adds consumers to an event that is declared elsewhere, in the same {@link CatalogDraft} or in
 * the catalog already, and says nothing of its kind, producer or schemas. One catalog draft may
 * hold one declaration and any number of subscriptions of the same event.
 *
 * @param name the event's name, {@code UPPER_SNAKE}
 * @param kind command, query or event
 * @param description what it means, for people; may be empty
 * @param producer the one actor that emits it; absent for commands and queries
 * @param schemaVersion the semantic version wished for, {@code 1.0.0} by default. The catalog never
 *     goes back: when the schema is unchanged an older wish is ignored, and when it has changed
 *     without a newer wish the minor number of the stored version is raised.
 * @param payloadSchema JSON Schema of the payload; absent in a subscription
 * @param resultSchema JSON Schema of the reply, where one is declared
 * @param consumers who receives it, as far as this draft knows
 */
public record EventDraft(
    String name,
    EventKind kind,
    String description,
    @Nullable String producer,
    String schemaVersion,
    @Nullable JsonNode payloadSchema,
    @Nullable JsonNode resultSchema,
    List<Consumer> consumers) {
  /** The version of a schema that nobody gave one. */
  public static final String FIRST_VERSION = "1.0.0";

  public EventDraft {
    consumers = List.copyOf(consumers);
  }

  /** One actor's subscription to an event that another actor declares. */
  public static EventDraft subscription(String event, Consumer consumer) {
    return new EventDraft(
        event, EventKind.EVENT, "", null, FIRST_VERSION, null, null, List.of(consumer));
  }

  /** Whether this only adds consumers to an event that is declared elsewhere. */
  public boolean isSubscription() {
    return payloadSchema == null;
  }

  /** This draft as a declaration: any object is accepted where no schema was given. */
  EventDraft withSchema() {
    return payloadSchema != null
        ? this
        : new EventDraft(
            name,
            kind,
            description,
            producer,
            schemaVersion,
            Json.mapper().createObjectNode().put("type", "object"),
            resultSchema,
            consumers);
  }
}
