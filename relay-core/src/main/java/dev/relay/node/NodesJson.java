package dev.relay.node;

import dev.relay.cluster.Member;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** The nodes as HTTP and the command line show them. */
public final class NodesJson {
  private NodesJson() {}

  /** The field {@code nodes}, and {@code unhosted} where something is owed that nobody hosts. */
  public static void write(JsonGenerator json, List<NodeLoad> loads) {
    json.writeArrayPropertyStart("nodes");
    for (NodeLoad load : loads) {
      Member member = load.member();
      if (member != null) {
        json.writeStartObject();
        write(json, member);
        write(json, load);
        json.writeEndObject();
      }
    }
    json.writeEndArray();
    for (NodeLoad load : loads) {
      if (load.member() == null) {
        json.writeObjectPropertyStart("unhosted");
        write(json, load);
        json.writeEndObject();
      }
    }
  }

  private static void write(JsonGenerator json, Member member) {
    json.writeStringProperty("name", member.name());
    json.writeStringProperty("place", member.place());
    if (member.url() != null) {
      json.writeStringProperty("url", member.url());
    }
    json.writeStringProperty("version", member.version());
    json.writeBooleanProperty("leaving", member.leaving());
    json.writeStringProperty("started_at", member.startedAt().toString());
  }

  private static void write(JsonGenerator json, NodeLoad load) {
    json.writeObjectPropertyStart("partitions");
    load.partitions().forEach(json::writeNumberProperty);
    json.writeEndObject();
    json.writeNumberProperty("pending", load.pending());
    json.writeNumberProperty("retrying", load.retrying());
    json.writeNumberProperty("lag_ms", load.lag().toMillis());
  }
}
