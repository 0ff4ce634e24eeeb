package dev.relay.server.sse;

import dev.relay.message.Json;
import dev.relay.store.DeliveryFate;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.util.ByteArrayBuilder;

/**
 * What became of a delivery, as it goes over the wire: an event of type {@code delivery} without an
 * id, so that a reader who comes back resumes after the last published event it saw.
 */
final class FateFrame {
  private FateFrame() {}

  static byte[] of(String event, DeliveryFate fate) {
    ByteArrayBuilder bytes = new ByteArrayBuilder(256);
    bytes.write("event: delivery\ndata: ".getBytes(StandardCharsets.US_ASCII));
    try (JsonGenerator json = Json.mapper().createGenerator(bytes)) {
      json.configure(tools.jackson.core.StreamWriteFeature.AUTO_CLOSE_TARGET, false);
      json.writeStartObject();
      json.writeStringProperty("event_id", fate.delivery().messageId());
      json.writeStringProperty("event", event);
      json.writeStringProperty("actor", fate.delivery().actor());
      json.writeStringProperty("key", fate.delivery().key());
      json.writeStringProperty("outcome", fate.kind().name().toLowerCase(Locale.ROOT));
      writeDetails(json, fate);
      json.writeEndObject();
    }
    bytes.write("\n\n".getBytes(StandardCharsets.US_ASCII));
    return bytes.toByteArray();
  }

  private static void writeDetails(JsonGenerator json, DeliveryFate fate) {
    switch (fate.kind()) {
      case DONE -> {
        // two clocks, which may be a little apart
        Duration took = Duration.between(fate.delivery().since(), fate.at());
        json.writeNumberProperty("ms", Math.max(0, took.toMillis()));
        json.writeStringProperty("at", fate.at().toString());
        json.writeNumberProperty("version", fate.version());
        json.writeArrayPropertyStart("emitted");
        fate.emitted().forEach(json::writeString);
        json.writeEndArray();
      }
      case RETRYING -> {
        writeFailure(json, fate);
        json.writeStringProperty("next_at", fate.at().toString());
      }
      case DEAD -> {
        writeFailure(json, fate);
        json.writeStringProperty("at", fate.at().toString());
      }
      case WAITING -> {}
    }
  }

  private static void writeFailure(JsonGenerator json, DeliveryFate fate) {
    json.writeNumberProperty("attempt", fate.attempts());
    if (fate.error() != null) {
      json.writeStringProperty("error", fate.error());
    }
  }
}
