package dev.relay.server.endpoint;

import dev.relay.failure.RelayException;
import dev.relay.node.Receipt;
import dev.relay.server.http.Answer;
import dev.relay.server.http.Call;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import tools.jackson.core.JsonGenerator;

/** Answers a call with what became of its events, when all of them are safe. */
final class BatchAnswer {
  private BatchAnswer() {}

  /**
   * Answers when the last receipt is there. Where an event is refused the answer is its refusal;
   * the others are published nevertheless, and a repeat of the whole batch publishes none of them
   * twice.
   */
  static void whenThere(List<CompletableFuture<Receipt>> pending, Call call) {
    CompletableFuture.allOf(pending.toArray(new CompletableFuture<?>[0]))
        .whenComplete(
            (all, failure) -> {
              if (failure == null) {
                call.answer(() -> Answer.json(202, json -> write(json, pending)));
              } else {
                call.fail(refusal(pending));
              }
            });
  }

  private static Throwable refusal(List<CompletableFuture<Receipt>> pending) {
    for (int i = 0; i < pending.size(); i++) {
      try {
        pending.get(i).join();
      } catch (CompletionException failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return cause instanceof RelayException known
            ? RelayException.of(
                    known.code(),
                    "event " + (i + 1) + " of " + pending.size() + ": " + known.getMessage())
                .violations(known.violations())
                .remedy("mend it and send the whole batch again: no event is published twice")
                .cause(known.getCause())
                .build()
            : cause;
      }
    }
    throw new IllegalStateException("no event of the batch was refused");
  }

  private static void write(JsonGenerator json, List<CompletableFuture<Receipt>> pending) {
    json.writeStartObject();
    json.writeBooleanProperty("success", true);
    json.writeArrayPropertyStart("events");
    for (CompletableFuture<Receipt> each : pending) {
      Receipt receipt = each.join();
      json.writeStartObject();
      json.writeStringProperty("event_id", receipt.id().value());
      json.writeStringProperty("status", "accepted");
      if (receipt instanceof Receipt.Accepted accepted) {
        json.writeArrayPropertyStart("receivers");
        accepted.receivers().forEach(json::writeString);
        json.writeEndArray();
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
