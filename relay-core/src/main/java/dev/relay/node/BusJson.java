package dev.relay.node;

import dev.relay.transport.CarrierReport;
import dev.relay.transport.Health;
import dev.relay.transport.Rebuilt;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** The bus as HTTP and the command line show it. */
public final class BusJson {
  private BusJson() {}

  /** The fields of a report, into an object that is open. */
  public static void write(JsonGenerator json, BusReport report) {
    CarrierReport carrier = report.carrier();
    transport(json, report);
    strings(json, "warnings", carrier == null ? List.of() : carrier.warnings());
    if (carrier != null) {
      memory(json, carrier.memory());
      streams(json, carrier.streams());
      window(json, carrier.window());
    }
    json.writeArrayPropertyStart("actors");
    report.actors().forEach(actor -> actor(json, actor));
    json.writeEndArray();
  }

  /** The fields of what was done, into an object that is open. */
  public static void write(JsonGenerator json, Rebuilt rebuilt) {
    json.writeBooleanProperty("changed", rebuilt.changed());
    strings(json, "done", rebuilt.done());
    strings(json, "warnings", rebuilt.warnings());
  }

  private static void transport(JsonGenerator json, BusReport report) {
    Health seen = seen(report);
    json.writeObjectPropertyStart("transport");
    json.writeStringProperty("name", report.transport());
    if (seen != null) {
      json.writeBooleanProperty("reachable", seen.reachable());
      json.writeStringProperty("detail", seen.detail());
    }
    json.writeNumberProperty("nodes", report.nodes().size());
    json.writeEndObject();
  }

  /** The worse of how the node finds it and how it was found just now. */
  private static @Nullable Health seen(BusReport report) {
    CarrierReport carrier = report.carrier();
    Health node = report.health();
    if (carrier == null) {
      return node;
    }
    boolean nodeKnows = node != null && (!node.reachable() || carrier.health().reachable());
    return nodeKnows ? node : carrier.health();
  }

  private static void memory(JsonGenerator json, CarrierReport.@Nullable Memory memory) {
    if (memory != null) {
      json.writeObjectPropertyStart("memory");
      json.writeStringProperty("policy", memory.policy());
      json.writeNumberProperty("used_bytes", memory.usedBytes());
      json.writeNumberProperty("limit_bytes", memory.limitBytes());
      json.writeEndObject();
    }
  }

  private static void streams(JsonGenerator json, List<CarrierReport.Stream> streams) {
    json.writeArrayPropertyStart("streams");
    for (CarrierReport.Stream stream : streams) {
      json.writeStartObject();
      json.writeStringProperty("name", stream.name());
      json.writeStringProperty("node", stream.node());
      json.writeNumberProperty("length", stream.length());
      json.writeBooleanProperty("attended", stream.attended());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void window(JsonGenerator json, CarrierReport.@Nullable Window window) {
    if (window == null) {
      return;
    }
    json.writeObjectPropertyStart("window");
    json.writeStringProperty("name", window.name());
    json.writeNumberProperty("length", window.length());
    json.writeNumberProperty("longest", window.longest());
    time(json, "oldest_at", window.oldest());
    time(json, "newest_at", window.newest());
    if (window.position() != null) {
      json.writeStringProperty("position", window.position());
    }
    json.writeNumberProperty("behind", window.behind());
    json.writeBooleanProperty("kept", window.kept());
    json.writeArrayPropertyStart("groups");
    for (CarrierReport.Group group : window.groups()) {
      json.writeStartObject();
      json.writeStringProperty("name", group.name());
      json.writeNumberProperty("consumers", group.consumers());
      json.writeNumberProperty("pending", group.pending());
      json.writeStringProperty("last_read", group.lastRead());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void actor(JsonGenerator json, ActorLoad load) {
    json.writeStartObject();
    json.writeStringProperty("actor", load.actor());
    json.writeObjectPropertyStart("owners");
    load.owners().forEach(json::writeNumberProperty);
    json.writeEndObject();
    json.writeNumberProperty("pending", load.pending());
    json.writeNumberProperty("retrying", load.retrying());
    json.writeNumberProperty("lag_ms", load.lag().toMillis());
    json.writeEndObject();
  }

  private static void time(JsonGenerator json, String name, @Nullable Instant time) {
    if (time != null) {
      json.writeStringProperty(name, time.toString());
    }
  }

  private static void strings(JsonGenerator json, String name, List<String> texts) {
    json.writeArrayPropertyStart(name);
    texts.forEach(json::writeString);
    json.writeEndArray();
  }
}
