package dev.relay.message;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The compact JSON form in which messages rest in Postgres. Thread-safe. */
public final class MessageJson {
  private MessageJson() {}

  /** The message as JSON text. */
  public static String write(Message message) {
    Headers headers = message.headers();
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("id", message.id().value());
    node.put("type", message.type());
    node.set("payload", message.payload());
    node.put("correlation", headers.correlation());
    putPresent(node, "causation", headers.causation());
    putPresent(node, "traceparent", headers.traceparent());
    ActorAddress producer = headers.producer();
    if (producer != null) {
      node.put("producer", producer.actor());
      node.put("producer_key", producer.key());
    }
    node.put("schema_version", headers.schemaVersion());
    node.put("time", headers.time().toString());
    return Json.mapper().writeValueAsString(node);
  }

  /** A message from its JSON text. */
  public static Message read(String text) {
    return read(Json.mapper().readTree(text));
  }

  /** A message from its JSON form. */
  public static Message read(JsonNode node) {
    String producer = optional(node, "producer");
    String producerKey = optional(node, "producer_key");
    return new Message(
        new MessageId(node.required("id").stringValue()),
        node.required("type").stringValue(),
        node.required("payload"),
        new Headers(
            node.required("correlation").stringValue(),
            optional(node, "causation"),
            optional(node, "traceparent"),
            producer == null || producerKey == null
                ? null
                : new ActorAddress(producer, producerKey),
            node.required("schema_version").stringValue(),
            Instant.parse(node.required("time").stringValue())));
  }

  private static void putPresent(ObjectNode node, String field, @Nullable String value) {
    if (value != null) {
      node.put(field, value);
    }
  }

  private static @Nullable String optional(JsonNode node, String field) {
    JsonNode value = node.get(field);
    return value == null || value.isNull() ? null : value.stringValue();
  }
}
