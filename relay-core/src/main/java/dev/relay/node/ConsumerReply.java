package dev.relay.node;

import dev.relay.message.Json;
import dev.relay.message.MessageId;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A reply on its way to the one who waits for it. Immutable.
 *
 * @param ask the message id of the ask whose turn emitted the event
 * @param event the message id of the event
 * @param reply the reply itself
 */
public record ConsumerReply(MessageId ask, MessageId event, EventReply reply) {
  /** As JSON text, for a letter. */
  public String toJson() {
    ObjectNode json = Json.mapper().createObjectNode();
    json.put("ask", ask.value()).put("event", event.value()).put("type", reply.event());
    json.put("actor", reply.actor()).put("key", reply.key());
    JsonNode data = reply.data();
    if (data != null) {
      json.set("data", data);
    }
    EventReply.Error error = reply.error();
    if (error != null) {
      json.put("code", error.code()).put("reason", error.reason()).put("message", error.message());
    }
    return Json.mapper().writeValueAsString(json);
  }

  /** From the JSON text of a letter. */
  public static ConsumerReply ofJson(String text) {
    JsonNode json = Json.mapper().readTree(text);
    String code = text(json, "code");
    EventReply.Error error =
        code == null
            ? null
            : new EventReply.Error(
                code, text(json, "reason"), json.required("message").stringValue());
    return new ConsumerReply(
        MessageId.of(json.required("ask").stringValue()),
        MessageId.of(json.required("event").stringValue()),
        new EventReply(
            json.required("type").stringValue(),
            json.required("actor").stringValue(),
            json.required("key").stringValue(),
            error == null ? EventReply.Outcome.REPLIED : EventReply.Outcome.FAILED,
            json.get("data"),
            error));
  }

  private static @Nullable String text(JsonNode json, String field) {
    JsonNode value = json.get(field);
    return value == null || value.isNull() ? null : value.stringValue();
  }
}
