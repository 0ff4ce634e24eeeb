package dev.relay.cli.command.flow;

import dev.relay.cli.client.NodeClient;
import dev.relay.cli.command.SentView;
import dev.relay.cli.command.Verb;
import dev.relay.cli.config.Session;
import dev.relay.cli.failure.CommandFailure;
import dev.relay.cli.option.NodeOptions;
import dev.relay.cli.option.OutputOptions;
import dev.relay.cli.option.PayloadOptions;
import dev.relay.cli.option.Word;
import dev.relay.cli.output.JsonObject;
import dev.relay.cli.output.JsonText;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code relay flow start}: starts a run and waits as the flow's definition says. */
public final class FlowStartCommand extends Verb {
  /** The flow says how long its starter waits, and the node keeps to it; this is only beyond. */
  private static final Duration PATIENCE = Duration.ofMinutes(11);

  private final Word<String> flow = arguments.required("FLOW", "its name");
  private final Word<String> dash = arguments.optional("-", "read the payload from stdin");
  private final PayloadOptions payload = new PayloadOptions(arguments);
  private final Word<String> requestId =
      arguments.option("--request-id", "ID", "the same id again starts nothing anew");
  private final NodeOptions nodes = new NodeOptions(arguments);
  private final OutputOptions output = new OutputOptions(arguments);

  public FlowStartCommand(Session session) {
    super(
        session,
        "relay flow start checkout --json '{\"orderId\":\"o1\",\"userId\":\"user123\"}'",
        "relay flow start checkout --file order.json --request-id order-1");
  }

  @Override
  public void run() {
    if (!dash.or("-").equals("-")) {
      throw CommandFailure.usage("unknown argument \"" + dash.value() + "\"")
          .fix("the payload goes after --json or --file, or is read from stdin with -");
    }
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("payload", payload.read(session, dash.said(), "relay flow start " + flow.value()));
    if (requestId.said()) {
      body.put("request_id", requestId.value());
    }
    String path = "/api/flows/" + NodeClient.escape(flow.value());
    JsonObject answer = nodes.node(session).post(path, JsonText.line(body), PATIENCE);
    output.printer(session).print(new SentView(answer));
  }
}
