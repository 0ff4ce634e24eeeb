package dev.relay.cli.command.actor;

import dev.relay.cli.client.NodeClient;
import dev.relay.cli.command.Verb;
import dev.relay.cli.config.Session;
import dev.relay.cli.option.NodeOptions;
import dev.relay.cli.option.OutputOptions;
import dev.relay.cli.output.JsonObject;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code relay actor list}: the actors of a node, or the instances of one of them. */
@Command(
    footer = {
      "  relay actor list",
      "  relay actor list cart --limit 20",
      "  relay actor list cart -o name"
    })
public final class ActorListCommand implements Verb {
  private final Session session;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "ACTOR",
      description = "list the instances of this actor")
  private @Nullable String actor;

  @Option(
      names = "--after",
      paramLabel = "KEY",
      description = "only instances whose key comes after this one")
  private String after = "";

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "50",
      description = "at most so many instances (default 50)")
  private int limit;

  @Mixin private NodeOptions nodes = new NodeOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  public ActorListCommand(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    NodeClient node = nodes.node(session);
    if (actor == null) {
      output.printer(session).print(new ActorsView(node.get("/api/actors").objects("actors")));
      return;
    }
    String query = "?limit=" + limit + "&after=" + NodeClient.escape(after);
    JsonObject answer = node.get("/api/actors/" + NodeClient.escape(actor) + query);
    InstancesView view = new InstancesView(actor, answer.objects("instances"));
    output.printer(session).print(view);
    if (view.instances().size() >= limit) {
      String last = view.instances().get(limit - 1).text("key");
      session.terminal().err().println("more: relay actor list " + actor + " --after " + last);
    }
  }
}
