package dev.relay.server.endpoint;

import dev.relay.Relay;
import dev.relay.node.BusInspection;
import dev.relay.node.BusJson;
import dev.relay.node.BusReport;
import dev.relay.server.http.Answer;
import dev.relay.server.http.Call;
import dev.relay.server.http.Endpoint;
import dev.relay.server.http.Route;
import dev.relay.transport.Carrier;
import dev.relay.transport.Health;
import dev.relay.transport.Rebuilt;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The bus as a whole: what carries it, what waits in it, who owns what; and mending it. */
public final class BusEndpoint implements Endpoint {
  private final Relay relay;
  private final RequestJson json;
  private final BusInspection bus;

  /**
   * @param carrier what lies beneath the Relay's transport; absent where that can't be looked at
   */
  public BusEndpoint(Relay relay, @Nullable Carrier carrier, RequestJson json) {
    this.relay = relay;
    this.json = json;
    this.bus = new BusInspection(relay.nodes(), carrier);
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get("/api/bus", this::look).waiting(),
        Route.post("/api/bus/rebuild", this::rebuild).waiting());
  }

  private void look(Call call) {
    call.query().only();
    Health health = relay.transport().map(Relay.TransportStatus::health).orElse(null);
    String transport = relay.transport().map(Relay.TransportStatus::name).orElse("none");
    BusReport report = bus.look(transport, health);
    call.answer(Answer.success(out -> BusJson.write(out, report)));
  }

  private void rebuild(Call call) {
    JsonNode document = json.read(call.body());
    Fields fields = new Fields(document, List.of("anew"));
    JsonNode anew = document.path("anew");
    if (!anew.isMissingNode() && !anew.isBoolean()) {
      fields.refuse("anew", "type", "must be true or false");
    }
    fields.done(
        "send {} to make what is missing, or {\"anew\": true} to throw away what is there first");
    Rebuilt rebuilt = bus.rebuild(anew.asBoolean(false));
    call.answer(Answer.success(out -> BusJson.write(out, rebuilt)));
  }
}
