package dev.relay.server.endpoint;

import dev.relay.node.Instances;
import dev.relay.server.http.PercentCoding;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Instances that were found, as JSON. */
final class FoundJson {
  private FoundJson() {}

  /** Where the next page is. */
  static String link(Instances.Question question, String after) {
    return "/api/actors/"
        + PercentCoding.encode(question.actor())
        + "?where="
        + PercentCoding.encode(question.where())
        + "&order="
        + PercentCoding.encode(question.order())
        + "&limit="
        + question.limit()
        + "&after="
        + after;
  }

  static void write(JsonGenerator json, String actor, Instances.Page page, @Nullable String next) {
    json.writeStringProperty("actor", actor);
    json.writeArrayPropertyStart("instances");
    for (Instances.Found found : page.items()) {
      json.writeStartObject();
      ActorsEndpoint.write(json, found.instance());
      json.writeObjectPropertyStart("values");
      found.values().forEach(json::writeStringProperty);
      json.writeEndObject();
      json.writeEndObject();
    }
    json.writeEndArray();
    if (next != null) {
      json.writeStringProperty("after", page.next());
      json.writeStringProperty("next", next);
    }
  }
}
