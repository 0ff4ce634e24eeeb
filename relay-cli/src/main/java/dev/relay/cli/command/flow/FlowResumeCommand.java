package dev.relay.cli.command.flow;

import dev.relay.cli.command.Verb;
import dev.relay.cli.config.Session;
import dev.relay.cli.option.NodeOptions;
import dev.relay.cli.option.OutputOptions;
import dev.relay.cli.option.Word;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code relay flow resume}: a paused run tries its step again. */
public final class FlowResumeCommand extends Verb {
  private final Word<String> run = arguments.required("FLOW/KEY", "as relay flow list shows it");
  private final NodeOptions nodes = new NodeOptions(arguments);
  private final OutputOptions output = new OutputOptions(arguments);

  public FlowResumeCommand(Session session) {
    super(session, "relay flow resume checkout/o1");
  }

  @Override
  public void run() {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("by", System.getProperty("user.name", "a person"));
    new Decision(session, nodes, output).take(run.value(), "resume", body);
  }
}
