package dev.relay.cli.command.actor;

import dev.relay.cli.client.NodeClient;
import dev.relay.cli.command.Verb;
import dev.relay.cli.config.Session;
import dev.relay.cli.option.NodeOptions;
import dev.relay.cli.option.OutputOptions;
import dev.relay.cli.option.Word;
import dev.relay.cli.output.JsonObject;

/** {@code relay actor list}: the actors of a node, or the instances of one of them. */
public final class ActorListCommand extends Verb {
  private static final int LIMIT = 50;

  private final Word<String> actor =
      arguments.optional("ACTOR", "list the instances of this actor");
  private final Word<String> after =
      arguments.option("--after", "KEY", "only instances behind this key, or behind a page's end");
  private final Word<String> where =
      arguments.option(
          "--where", "CONDITION", "only instances like this, for example status = shipped");
  private final Word<String> order =
      arguments.option("--order", "FIELDS", "in this order, for example createdAt desc");
  private final Word<Integer> limit =
      arguments.option("--limit", "N", Integer.class, "at most so many instances (default 50)");
  private final NodeOptions nodes = new NodeOptions(arguments);
  private final OutputOptions output = new OutputOptions(arguments);

  public ActorListCommand(Session session) {
    super(
        session,
        "relay actor list",
        "relay actor list cart --limit 20",
        "relay actor list cart -o name",
        "relay actor list order --where 'status = shipped' --order 'createdAt desc'");
  }

  @Override
  public void run() {
    NodeClient node = nodes.node(session);
    if (actor.said() && (where.said() || order.said())) {
      found(node, actor.value(), limit.or(LIMIT));
    } else if (actor.said()) {
      instances(node, actor.value(), limit.or(LIMIT));
    } else {
      output.printer(session).print(new ActorsView(node.get("/api/actors").objects("actors")));
    }
  }

  private void found(NodeClient node, String name, int most) {
    String query =
        "?where="
            + NodeClient.escape(where.or(""))
            + "&order="
            + NodeClient.escape(order.or(""))
            + "&limit="
            + most
            + (after.said() ? "&after=" + NodeClient.escape(after.value()) : "");
    JsonObject answer = node.get("/api/actors/" + NodeClient.escape(name) + query);
    output.printer(session).print(new FoundView(name, answer.objects("instances")));
    if (answer.has("after")) {
      String next = answer.text("after");
      session.terminal().err().println("more: the same with --after " + next);
    }
  }

  private void instances(NodeClient node, String name, int most) {
    String query = "?limit=" + most + "&after=" + NodeClient.escape(after.or(""));
    JsonObject answer = node.get("/api/actors/" + NodeClient.escape(name) + query);
    InstancesView view = new InstancesView(name, answer.objects("instances"));
    output.printer(session).print(view);
    if (answer.has("next")) {
      String last = view.instances().get(view.instances().size() - 1).text("key");
      session.terminal().err().println("more: relay actor list " + name + " --after " + last);
    }
  }
}
