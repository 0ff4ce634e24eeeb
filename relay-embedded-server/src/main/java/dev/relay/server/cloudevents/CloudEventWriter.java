package dev.relay.server.cloudevents;

import dev.relay.message.ActorAddress;
import dev.relay.message.Headers;
import dev.relay.message.Message;
import dev.relay.server.http.PercentCoding;
import tools.jackson.core.JsonGenerator;

/** Writes a message as a CloudEvent of the structured JSON form. */
public final class CloudEventWriter {
  /** The source of what no actor emitted. */
  private static final String CLIENTS = "/clients";

  private CloudEventWriter() {}

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

  /** The path under which this surface shows the instance: a relative URI reference. */
  private static String source(ActorAddress producer) {
    return "/api/actors/"
        + PercentCoding.encode(producer.actor())
        + "/"
        + PercentCoding.encode(producer.key());
  }
}
