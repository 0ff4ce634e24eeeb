package dev.relay.cli.command.flow;

import dev.relay.cli.command.Verb;
import dev.relay.cli.config.Session;
import dev.relay.cli.option.NodeOptions;
import dev.relay.cli.option.OutputOptions;
import dev.relay.cli.option.Word;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code relay flow cancel}: a run is called off; what it has done is undone. */
public final class FlowCancelCommand extends Verb {
  private final Word<String> run = arguments.required("FLOW/KEY", "as relay flow list shows it");
  private final Word<Boolean> leave = arguments.flag("--leave", "end it at once and undo nothing");
  private final NodeOptions nodes = new NodeOptions(arguments);
  private final OutputOptions output = new OutputOptions(arguments);

  public FlowCancelCommand(Session session) {
    super(session, "relay flow cancel checkout/o1", "relay flow cancel checkout/o1 --leave");
  }

  @Override
  public void run() {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("by", System.getProperty("user.name", "a person"));
    if (leave.said()) {
      body.put("leave", true);
    }
    new Decision(session, nodes, output).take(run.value(), "cancel", body);
  }
}
