package dev.relay.message;

import java.io.StringWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JsonGenerator;

/**
 * Writes a message as a CloudEvent 1.0 of the structured JSON form: how it looks outside the
 * process.
 */
public final class CloudEventWriter {
  /** The source of what no actor emitted. */
  private static final String CLIENTS = "/clients";

  private CloudEventWriter() {}

  /** One object as text. */
  public static String text(Message message) {
    StringWriter text = new StringWriter(512);
    try (JsonGenerator json = Json.mapper().createGenerator(text)) {
      write(json, message);
    }
    return text.toString();
  }

  /** Writes one object. */
  public static void write(JsonGenerator json, Message message) {
    Headers headers = message.headers();
    ActorAddress producer = headers.producer();
    json.writeStartObject();
    json.writeStringProperty("specversion", "1.0");
    json.writeStringProperty("id", message.id().value());
    json.writeStringProperty("source", producer == null ? CLIENTS : source(producer));
    json.writeStringProperty("type", message.type());
    if (producer != null) {
      json.writeStringProperty("subject", producer.key());
    }
    json.writeStringProperty("time", headers.time().toString());
    json.writeStringProperty("datacontenttype", "application/json");
    json.writeStringProperty("schemaversion", headers.schemaVersion());
    json.writeStringProperty("correlationid", headers.correlation());
    if (headers.causation() != null) {
      json.writeStringProperty("causationid", headers.causation());
    }
    if (headers.traceparent() != null) {
      json.writeStringProperty("traceparent", headers.traceparent());
    }
    json.writeName("data");
    json.writeTree(message.payload());
    json.writeEndObject();
  }

  /** The path under which the HTTP surface shows the instance: a relative URI reference. */
  private static String source(ActorAddress producer) {
    return "/api/actors/" + segment(producer.actor()) + "/" + segment(producer.key());
  }

  /** Percent coding of RFC 3986; the JDK's is that of HTML forms. */
  private static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }
}
