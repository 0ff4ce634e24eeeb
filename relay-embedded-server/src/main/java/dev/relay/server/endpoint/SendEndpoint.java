package dev.relay.server.endpoint;

import dev.relay.Relay;
import dev.relay.node.SendRequest;
import dev.relay.server.cloudevents.CloudEventReader;
import dev.relay.server.http.Call;
import dev.relay.server.http.Endpoint;
import dev.relay.server.http.Route;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Messages from outside: to one actor, or an event for all its consumers. Never blocks. */
public final class SendEndpoint implements Endpoint {
  private final Relay relay;
  private final RequestJson json;

  public SendEndpoint(Relay relay, RequestJson json) {
    this.relay = relay;
    this.json = json;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.post("/api/actors/{actor}", this::toActor),
        Route.post("/api/events", this::toAll)
            .reading("application/json", CloudEventReader.STRUCTURED, CloudEventReader.BATCH));
  }

  private void toActor(Call call) {
    JsonNode document = json.read(call.body());
    send(call, SendBody.toActor(call, call.parameter(0), document));
  }

  private void toAll(Call call) {
    JsonNode document = json.read(call.body());
    if (call.mediaType().equals(CloudEventReader.STRUCTURED)) {
      send(call, CloudEventReader.structured(document));
    } else if (call.mediaType().equals(CloudEventReader.BATCH)) {
      BatchAnswer.whenThere(
          CloudEventReader.batch(document).stream().map(relay::send).toList(), call);
    } else if (call.headers().contains("ce-specversion")) {
      send(call, CloudEventReader.binary(call.headers()::getFirst, document));
    } else {
      send(call, SendBody.toAll(call, document));
    }
  }

  private void send(Call call, SendRequest request) {
    ReceiptAnswer.whenThere(relay.send(request), call);
  }
}
