package dev.relay.cli.command.flow;

import dev.relay.cli.client.NodeClient;
import dev.relay.cli.command.Verb;
import dev.relay.cli.config.Session;
import dev.relay.cli.failure.CommandFailure;
import dev.relay.cli.failure.ExitCode;
import dev.relay.cli.option.DurationConverter;
import dev.relay.cli.option.NodeOptions;
import dev.relay.cli.option.OutputOptions;
import dev.relay.cli.option.Word;
import dev.relay.cli.output.JsonObject;
import java.time.Duration;

/** {@code relay flow check}: whether what was sent goes by the definition of a flow. */
public final class FlowCheckCommand extends Verb {
  private final Word<String> flow = arguments.required("FLOW", "its name");
  private final Word<Duration> since =
      arguments.option(
          "--since",
          "TIME",
          new DurationConverter(),
          "how far to look back, e.g. 2h (default 24h)");
  private final NodeOptions nodes = new NodeOptions(arguments);
  private final OutputOptions output = new OutputOptions(arguments);

  public FlowCheckCommand(Session session) {
    super(
        session,
        "relay flow check order_fulfillment --since 24h",
        "relay flow check checkout -o json | jq '.told[] | select(.verdict==\"overdue\")'");
  }

  @Override
  public void run() {
    String path = "/api/flows/" + NodeClient.escape(flow.value()) + "/check";
    String query = since.said() ? "?since=" + since.value().toMillis() + "ms" : "";
    JsonObject report = nodes.node(session).get(path + query);
    output.printer(session).print(new CheckView(report));
    long wrong = report.number("deviating") + report.number("overdue");
    if (wrong > 0) {
      throw CommandFailure.of(
          ExitCode.REFUSED,
          report.text("deviating")
              + " of "
              + flow.value()
              + " deviate, "
              + report.text("overdue")
              + " are overdue");
    }
  }
}
