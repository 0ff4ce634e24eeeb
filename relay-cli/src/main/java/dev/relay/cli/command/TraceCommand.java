package dev.relay.cli.command;

import dev.relay.cli.client.NodeClient;
import dev.relay.cli.config.Session;
import dev.relay.cli.option.DurationConverter;
import dev.relay.cli.option.NodeOptions;
import dev.relay.cli.option.OutputOptions;
import dev.relay.cli.option.Word;
import dev.relay.cli.output.JsonObject;
import java.time.Duration;
import java.util.Locale;

/** {@code relay trace}: all that one request caused. */
public final class TraceCommand extends Verb {
  private final Word<String> id =
      arguments.required("ID", "of a message, a correlation, or the request id it was sent with");
  private final Word<Duration> within =
      arguments.option(
          "--within",
          "TIME",
          new DurationConverter(),
          "how much time to look through (default 1h)");
  private final NodeOptions nodes = new NodeOptions(arguments);
  private final OutputOptions output = new OutputOptions(arguments);

  public TraceCommand(Session session) {
    super(
        session,
        "relay trace 01a20640-e3e9-741c-a48c-c1e90730a1d1",
        "relay trace order-7 --within 1d",
        "relay trace order-7 -o json | jq '.messages[].receivers[]'");
  }

  @Override
  public void run() {
    String query = within.said() ? "?within=" + within.value().toMillis() + "ms" : "";
    JsonObject trace =
        nodes.node(session).get("/api/trace/" + NodeClient.escape(id.value()) + query);
    output.printer(session).print(new TraceView(trace, unicode()));
    if (!trace.is("complete")) {
      session
          .terminal()
          .err()
          .println("not all of it was found: it may still be on its way, or --within more time");
    }
  }

  private boolean unicode() {
    for (String name : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
      String value = session.environment().getOrDefault(name, "");
      if (!value.isEmpty()) {
        return value.toLowerCase(Locale.ROOT).replace("-", "").contains("utf8");
      }
    }
    return false;
  }
}
