package dev.relay.cli.command.dlq;

import dev.relay.cli.command.Verb;
import dev.relay.cli.config.Session;
import dev.relay.cli.option.DeadLetterOptions;
import dev.relay.cli.option.OutputOptions;
import dev.relay.cli.option.Word;
import dev.relay.cli.output.Format;
import dev.relay.cli.output.JsonObject;

/** {@code relay dlq discard}: deletes one, or all that a filter means; the journal keeps a note. */
public final class DlqDiscardCommand extends Verb {
  private final Word<String> id =
      arguments.optional("ID", "one letter, as relay dlq list shows it");
  private final Word<String> reason =
      arguments.option("--reason", "TEXT", "why; the journal keeps it with the message");
  private final DeadLetterOptions letters = new DeadLetterOptions(arguments);
  private final Bulk bulk = new Bulk(arguments, letters);
  private final OutputOptions output = new OutputOptions(arguments);

  public DlqDiscardCommand(Session session) {
    super(
        session,
        "relay dlq discard 01a20640-e696-7e55-9a11-52f1d2a0f6c3 --reason 'order was cancelled'",
        "relay dlq discard --event CART_ABANDONED --older-than 7d",
        "relay dlq discard --all --dry-run");
  }

  @Override
  public void run() {
    String why = reason.or("");
    if (bulk.one(id, "discard")) {
      JsonObject letter = letters.ask(session, access -> access.discard(id.value(), why));
      Done.one(session, output, letter, "discarded");
    } else if (bulk.agreed(session, "discard")) {
      JsonObject done = letters.ask(session, access -> access.discardAll(letters.filter(), why));
      if (output.format() == Format.table) {
        session.terminal().err().println(done.text("discarded") + " discarded");
      } else {
        Done.print(session, output, done);
      }
    }
  }
}
