package dev.relay.cli.command.flow;

import dev.relay.cli.command.Verb;
import dev.relay.cli.config.Session;
import dev.relay.cli.option.NodeOptions;
import dev.relay.cli.option.OutputOptions;
import dev.relay.cli.option.Word;

/** {@code relay flow show}: what a run has done, what it does now, what is still to come. */
public final class FlowShowCommand extends Verb {
  private final Word<String> run = arguments.required("FLOW/KEY", "as relay flow list shows it");
  private final NodeOptions nodes = new NodeOptions(arguments);
  private final OutputOptions output = new OutputOptions(arguments);

  public FlowShowCommand(Session session) {
    super(
        session,
        "relay flow show checkout/o1",
        "relay flow show checkout/o1 -o json | jq '.steps[] | select(.state==\"now\")'");
  }

  @Override
  public void run() {
    RunName name = RunName.of(run.value());
    output.printer(session).print(new RunView(nodes.node(session).get(name.path())));
  }
}
