package dev.relay.cli.command.flow;

import dev.relay.cli.client.NodeClient;
import dev.relay.cli.command.Verb;
import dev.relay.cli.config.Session;
import dev.relay.cli.option.NodeOptions;
import dev.relay.cli.option.OutputOptions;
import dev.relay.cli.option.Word;
import dev.relay.cli.output.JsonObject;
import org.jspecify.annotations.Nullable;

/** {@code relay flow list}: runs that aren't over, and which flows there are. */
public final class FlowListCommand extends Verb {
  private static final int LIMIT = 50;

  private final Word<String> flow = arguments.optional("FLOW", "only runs of this flow");
  private final Word<String> status =
      arguments.option(
          "--status", "STATUS", "only these, for example paused,compensating (default: not over)");
  private final Word<Boolean> all = arguments.flag("--all", "runs that are over too");
  private final Word<String> before =
      arguments.option("--before", "TIME", "go on behind a page, as the page before says");
  private final Word<Integer> limit =
      arguments.option("--limit", "N", Integer.class, "at most so many runs (default 50)");
  private final NodeOptions nodes = new NodeOptions(arguments);
  private final OutputOptions output = new OutputOptions(arguments);

  public FlowListCommand(Session session) {
    super(
        session,
        "relay flow list",
        "relay flow list checkout --status paused",
        "relay flow list --all -o json | jq '.runs[] | select(.error) | .id'");
  }

  @Override
  public void run() {
    StringBuilder query = new StringBuilder("/api/flows?limit=" + limit.or(LIMIT));
    add(query, "flow", flow.orNull());
    add(query, "status", all.said() ? "all" : status.orNull());
    add(query, "before", before.orNull());
    JsonObject answer = nodes.node(session).get(query.toString());
    output.printer(session).print(new FlowsView(answer, flow.said()));
    if (answer.has("next_before")) {
      String more = "more: relay flow list … --before " + answer.text("next_before");
      session.terminal().err().println(more);
    }
  }

  private static void add(StringBuilder query, String name, @Nullable String value) {
    if (value != null) {
      query.append('&').append(name).append('=').append(NodeClient.escape(value));
    }
  }
}
