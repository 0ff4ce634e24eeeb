package dev.relay.server.endpoint;

import dev.relay.Relay;
import dev.relay.node.NodeLoad;
import dev.relay.node.NodesJson;
import dev.relay.server.http.Answer;
import dev.relay.server.http.Call;
import dev.relay.server.http.Endpoint;
import dev.relay.server.http.Route;
import java.util.List;

/** The living nodes: who hosts what, and how far behind each is. */
public final class NodesEndpoint implements Endpoint {
  private final Relay relay;

  public NodesEndpoint(Relay relay) {
    this.relay = relay;
  }

  @Override
  public List<Route> routes() {
    return List.of(Route.get("/api/nodes", this::list).waiting());
  }

  private void list(Call call) {
    call.query().only();
    List<NodeLoad> loads = relay.nodes().list();
    call.answer(
        Answer.success(
            json -> {
              NodesJson.write(json, loads);
            }));
  }
}
