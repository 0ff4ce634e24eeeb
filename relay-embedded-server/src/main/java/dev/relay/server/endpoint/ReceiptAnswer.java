package dev.relay.server.endpoint;

import dev.relay.node.EventReply;
import dev.relay.node.Receipt;
import dev.relay.server.http.Answer;
import dev.relay.server.http.Call;
import io.undertow.util.HttpString;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import tools.jackson.core.JsonGenerator;

/** Answers a call with what became of its message. */
final class ReceiptAnswer {
  private static final HttpString REPLAYED = new HttpString("Idempotent-Replayed");

  private ReceiptAnswer() {}

  /** Answers when the receipt is there. The thread that brings it only hands it over. */
  static void whenThere(CompletableFuture<Receipt> pending, Call call) {
    pending.whenComplete(
        (receipt, failure) -> {
          if (failure != null) {
            call.fail(failure);
          } else {
            call.answer(() -> of(receipt));
          }
        });
  }

  private static Answer of(Receipt receipt) {
    if (receipt instanceof Receipt.Answered answered) {
      Answer answer = Answer.json(200, json -> write(json, answered));
      return answered.repeated() ? answer.with(REPLAYED, "true") : answer;
    }
    return Answer.json(202, json -> write(json, (Receipt.Accepted) receipt));
  }

  private static void write(JsonGenerator json, Receipt.Answered answered) {
    begin(json, answered);
    json.writeName("data");
    if (answered.data() == null) {
      json.writeNull();
    } else {
      json.writeTree(answered.data());
    }
    json.writeArrayPropertyStart("events_emitted");
    answered.emitted().forEach(json::writeString);
    json.writeEndArray();
    if (!answered.replies().isEmpty()) {
      json.writeArrayPropertyStart("replies");
      answered.replies().forEach(reply -> write(json, reply));
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, EventReply reply) {
    json.writeStartObject();
    json.writeStringProperty("event_type", reply.event());
    json.writeStringProperty("actor", reply.actor());
    json.writeStringProperty("key", reply.key());
    json.writeStringProperty("status", reply.outcome().name().toLowerCase(Locale.ROOT));
    if (reply.data() != null) {
      json.writeName("data");
      json.writeTree(reply.data());
    }
    EventReply.Error error = reply.error();
    if (error != null) {
      json.writeObjectPropertyStart("error");
      json.writeStringProperty("code", error.code());
      if (error.reason() != null) {
        json.writeStringProperty("reason", error.reason());
      }
      json.writeStringProperty("detail", error.message());
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Receipt.Accepted accepted) {
    begin(json, accepted);
    json.writeStringProperty("status", "accepted");
    json.writeArrayPropertyStart("receivers");
    accepted.receivers().forEach(json::writeString);
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void begin(JsonGenerator json, Receipt receipt) {
    json.writeStartObject();
    json.writeBooleanProperty("success", true);
    json.writeStringProperty("event_id", receipt.id().value());
  }
}
