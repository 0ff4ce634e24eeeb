package dev.relay.message;

import java.io.StringWriter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** The compact JSON form in which messages rest in Postgres. Thread-safe. */
public final class MessageJson {
  private MessageJson() {}

  /** The message as JSON text. */
  public static String write(Message message) {
    StringWriter text = new StringWriter(512);
    try (JsonGenerator json = Json.mapper().createGenerator(text)) {
      Headers headers = message.headers();
      json.writeStartObject();
      json.writeStringProperty("id", message.id().value());
      json.writeStringProperty("type", message.type());
      json.writeName("payload");
      json.writeTree(message.payload());
      json.writeStringProperty("correlation", headers.correlation());
      writePresent(json, "causation", headers.causation());
      writePresent(json, "traceparent", headers.traceparent());
      ActorAddress producer = headers.producer();
      if (producer != null) {
        json.writeStringProperty("producer", producer.actor());
        json.writeStringProperty("producer_key", producer.key());
      }
      json.writeStringProperty("schema_version", headers.schemaVersion());
      json.writeStringProperty("time", headers.time().toString());
      writePresent(json, "reply_to", headers.replyTo());
      json.writeEndObject();
    }
    return text.toString();
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
            Instant.parse(node.required("time").stringValue()),
            optional(node, "reply_to")));
  }

  private static void writePresent(JsonGenerator json, String name, @Nullable String value) {
    if (value != null) {
      json.writeStringProperty(name, value);
    }
  }

  private static @Nullable String optional(JsonNode node, String field) {
    JsonNode value = node.get(field);
    return value == null || value.isNull() ? null : value.stringValue();
  }
}
