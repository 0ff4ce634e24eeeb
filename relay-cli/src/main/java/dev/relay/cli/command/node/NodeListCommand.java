package dev.relay.cli.command.node;

import dev.relay.cli.client.NodeClient;
import dev.relay.cli.command.Verb;
import dev.relay.cli.config.Session;
import dev.relay.cli.database.DatabaseNodes;
import dev.relay.cli.option.NodeOptions;
import dev.relay.cli.option.OutputOptions;
import dev.relay.cli.option.Source;
import dev.relay.cli.output.JsonObject;

/** {@code relay node list}: who hosts what, and how far behind each is. */
public final class NodeListCommand extends Verb {
  private final NodeOptions nodes = new NodeOptions(arguments);
  private final OutputOptions output = new OutputOptions(arguments);

  public NodeListCommand(Session session) {
    super(session, "relay node list", "relay node list -o json | jq '.nodes[].pending'");
  }

  @Override
  public void run() {
    JsonObject answer =
        nodes.ask(
            session,
            new Source<JsonObject>() {
              @Override
              public JsonObject fromNode(NodeClient node) {
                return node.get("/api/nodes");
              }

              @Override
              public JsonObject fromDatabase(Session here) {
                return DatabaseNodes.list(here);
              }
            });
    output.printer(session).print(new NodesView(answer));
  }
}
