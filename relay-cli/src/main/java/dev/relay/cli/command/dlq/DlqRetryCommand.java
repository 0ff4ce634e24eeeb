package dev.relay.cli.command.dlq;

import dev.relay.cli.command.Verb;
import dev.relay.cli.config.Session;
import dev.relay.cli.option.DeadLetterOptions;
import dev.relay.cli.option.OutputOptions;
import dev.relay.cli.option.Word;
import dev.relay.cli.output.Format;
import dev.relay.cli.output.JsonObject;

/** {@code relay dlq retry}: delivers one, or all that a filter means, again. */
public final class DlqRetryCommand extends Verb {
  private final Word<String> id =
      arguments.optional("ID", "one letter, as relay dlq list shows it");
  private final DeadLetterOptions letters = new DeadLetterOptions(arguments);
  private final Bulk bulk = new Bulk(arguments, letters);
  private final OutputOptions output = new OutputOptions(arguments);

  public DlqRetryCommand(Session session) {
    super(
        session,
        "relay dlq retry 01a20640-e696-7e55-9a11-52f1d2a0f6c3",
        "relay dlq retry --actor payment --error timeout",
        "relay dlq retry --all --yes");
  }

  @Override
  public void run() {
    if (bulk.one(id, "retry")) {
      JsonObject letter = letters.ask(session, access -> access.retry(id.value()));
      Done.one(session, output, letter, "owed again");
    } else if (bulk.agreed(session, "retry")) {
      JsonObject done = letters.ask(session, access -> access.retryAll(letters.filter()));
      long left = done.number("left");
      String some = left == 0 ? "" : ", " + left + " left: their payloads name no instance";
      if (output.format() == Format.table) {
        session.terminal().err().println(done.text("retried") + " owed again" + some);
      } else {
        Done.print(session, output, done);
      }
    }
  }
}
