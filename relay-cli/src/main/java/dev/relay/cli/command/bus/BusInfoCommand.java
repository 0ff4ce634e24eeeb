package dev.relay.cli.command.bus;

import dev.relay.cli.command.Verb;
import dev.relay.cli.config.Session;
import dev.relay.cli.option.OutputOptions;

/** {@code relay bus info}: what carries the bus and how it is, what it holds, who owns what. */
public final class BusInfoCommand extends Verb {
  private final BusOptions bus = new BusOptions(arguments);
  private final OutputOptions output = new OutputOptions(arguments);

  public BusInfoCommand(Session session) {
    super(
        session,
        "relay bus info",
        "relay bus info --url http://node-2:3000 -o json | jq .transport.reachable");
  }

  @Override
  public void run() {
    output.printer(session).print(new BusView(bus.ask(session, BusAccess::info)));
  }
}
