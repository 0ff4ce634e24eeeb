package dev.relay.cli.command.flow;

import dev.relay.cli.command.Verb;
import dev.relay.cli.config.Session;
import dev.relay.cli.option.NodeOptions;
import dev.relay.cli.option.OutputOptions;
import dev.relay.cli.option.Word;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code relay flow compensate}: what a run has done is undone, last first. */
public final class FlowCompensateCommand extends Verb {
  private final Word<String> run = arguments.required("FLOW/KEY", "as relay flow list shows it");
  private final NodeOptions nodes = new NodeOptions(arguments);
  private final OutputOptions output = new OutputOptions(arguments);

  public FlowCompensateCommand(Session session) {
    super(session, "relay flow compensate checkout/o1");
  }

  @Override
  public void run() {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("by", System.getProperty("user.name", "a person"));
    new Decision(session, nodes, output).take(run.value(), "compensate", body);
  }
}
