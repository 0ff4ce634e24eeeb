package dev.relay.cli.command.bus;

import dev.relay.cli.command.Verb;
import dev.relay.cli.config.Session;
import dev.relay.cli.option.Confirmation;
import dev.relay.cli.option.OutputOptions;
import dev.relay.cli.option.Word;
import dev.relay.cli.output.Format;
import dev.relay.cli.output.JsonObject;
import dev.relay.cli.output.PlainText;
import dev.relay.cli.output.Style;
import java.io.PrintStream;

/** {@code relay bus rebuild}: makes what Redis lacks from what Postgres has. */
public final class BusRebuildCommand extends Verb {
  private final Word<Boolean> anew =
      arguments.flag("--anew", "throw the stream of published events away first, and fill it anew");
  private final Confirmation confirmation = new Confirmation(arguments);
  private final Word<Boolean> dryRun = arguments.flag("--dry-run", "only say what would be done");
  private final BusOptions bus = new BusOptions(arguments);
  private final OutputOptions output = new OutputOptions(arguments);

  public BusRebuildCommand(Session session) {
    super(session, "relay bus rebuild", "relay bus rebuild --anew --dry-run");
  }

  @Override
  public void run() {
    if (dryRun.said()) {
      talk(bus.ask(session, access -> Plan.of(access.info(), anew.said())));
      return;
    }
    if (anew.said() && !agreed()) {
      return;
    }
    JsonObject done = bus.ask(session, access -> access.rebuild(anew.said()));
    if (output.format() == Format.table) {
      done.texts("done").forEach(this::talk);
      talk(done.is("changed") ? "rebuilt" : "nothing was missing");
    } else {
      output.printer(session).print(new RebuiltView(done));
    }
    PrintStream err = session.terminal().err();
    Style style = Style.of("auto", session.environment(), session.terminal().errIsTerminal());
    for (String warning : done.texts("warnings")) {
      err.println(style.yellow("warning:") + " " + PlainText.of(warning));
    }
  }

  private boolean agreed() {
    if (confirmation.given()) {
      return true;
    }
    String plan = PlainText.of(bus.ask(session, access -> Plan.of(access.info(), true)));
    return confirmation.agreed(
        session.terminal(), plan, plan + "\ndo it?", "relay bus rebuild --anew --yes");
  }

  private void talk(String line) {
    session.terminal().err().println(PlainText.of(line));
  }
}
