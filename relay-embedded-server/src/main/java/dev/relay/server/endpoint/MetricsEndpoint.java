package dev.relay.server.endpoint;

import dev.relay.Relay;
import dev.relay.metric.Sample;
import dev.relay.node.HostedActor;
import dev.relay.server.http.Answer;
import dev.relay.server.http.Call;
import dev.relay.server.http.Endpoint;
import dev.relay.server.http.Route;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** Figures as JSON: how this node's actors fare, and what the business counts. */
public final class MetricsEndpoint implements Endpoint {
  private final Relay relay;

  public MetricsEndpoint(Relay relay) {
    this.relay = relay;
  }

  @Override
  public List<Route> routes() {
    return List.of(Route.get("/api/metrics", this::all).waiting());
  }

  private void all(Call call) {
    call.query().only();
    List<Sample> samples = relay.businessMetrics();
    List<HostedActor> actors = relay.actors();
    call.answer(Answer.success(json -> write(json, samples, actors)));
  }

  private static void write(JsonGenerator json, List<Sample> samples, List<HostedActor> actors) {
    json.writeArrayPropertyStart("business");
    for (Sample sample : samples) {
      json.writeStartObject();
      json.writeStringProperty("actor", sample.actor());
      json.writeStringProperty("metric", sample.metric());
      json.writeObjectPropertyStart("labels");
      sample.labels().forEach(json::writeStringProperty);
      json.writeEndObject();
      json.writeNumberProperty("value", sample.value());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayPropertyStart("actors");
    for (HostedActor actor : actors) {
      json.writeStartObject();
      ActorsEndpoint.write(json, actor);
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
