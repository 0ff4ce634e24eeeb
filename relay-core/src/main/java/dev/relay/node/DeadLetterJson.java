package dev.relay.node;

import dev.relay.message.ActorAddress;
import dev.relay.message.Json;
import dev.relay.message.Message;
import dev.relay.store.DeadLetter;
import dev.relay.store.DeadLetterDetails;
import java.io.StringWriter;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Dead letters as HTTP and the command line show them: one form, whoever reads Postgres. */
public final class DeadLetterJson {
  private DeadLetterJson() {}

  /** One object without the fields' end, so that a caller may add some. */
  public static void write(JsonGenerator json, DeadLetter letter) {
    json.writeStringProperty("id", letter.id());
    json.writeStringProperty("actor", letter.actor());
    json.writeStringProperty("key", letter.key());
    json.writeStringProperty("event", letter.message().type());
    json.writeNumberProperty("attempts", letter.attempts());
    json.writeStringProperty("error", letter.error());
    json.writeStringProperty("died_at", letter.diedAt().toString());
    writeMessage(json, letter.message());
  }

  private static void writeMessage(JsonGenerator json, Message message) {
    json.writeStringProperty("message_id", message.id().value());
    json.writeStringProperty("correlation_id", message.headers().correlation());
    writePresent(json, "causation_id", message.headers().causation());
    ActorAddress producer = message.headers().producer();
    if (producer != null) {
      json.writeStringProperty("producer", producer.actor());
      json.writeStringProperty("producer_key", producer.key());
    }
    json.writeStringProperty("time", message.headers().time().toString());
    json.writeName("payload");
    json.writeTree(message.payload());
  }

  /** As {@link #write(JsonGenerator, DeadLetter)}, with its history. */
  public static void write(JsonGenerator json, DeadLetterDetails details) {
    write(json, details.letter());
    json.writeArrayPropertyStart("history");
    for (DeadLetterDetails.Attempt attempt : details.attempts()) {
      json.writeStartObject();
      json.writeNumberProperty("attempt", attempt.number());
      json.writeStringProperty("at", attempt.at().toString());
      json.writeStringProperty("error", attempt.error());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeNumberProperty("waiting_behind", details.waitingBehind());
    json.writeNumberProperty("delivered_after", details.deliveredAfter());
  }

  /** The letters of a page, and where the next one begins. */
  public static void write(JsonGenerator json, DeadLetters.Page page) {
    json.writeArrayPropertyStart("dead_letters");
    for (DeadLetter letter : page.letters()) {
      json.writeStartObject();
      write(json, letter);
      json.writeEndObject();
    }
    json.writeEndArray();
    writePresent(json, "next_after", page.next());
  }

  /** One object as text. */
  public static String text(Consumer<JsonGenerator> fields) {
    StringWriter text = new StringWriter(512);
    try (JsonGenerator json = Json.mapper().createGenerator(text)) {
      json.writeStartObject();
      fields.accept(json);
      json.writeEndObject();
    }
    return text.toString();
  }

  private static void writePresent(JsonGenerator json, String name, @Nullable String value) {
    if (value != null) {
      json.writeStringProperty(name, value);
    }
  }
}
