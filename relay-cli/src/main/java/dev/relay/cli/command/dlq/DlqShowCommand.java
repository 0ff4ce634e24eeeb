package dev.relay.cli.command.dlq;

import dev.relay.cli.command.Verb;
import dev.relay.cli.config.Session;
import dev.relay.cli.option.DeadLetterOptions;
import dev.relay.cli.option.OutputOptions;
import dev.relay.cli.option.Word;

/** {@code relay dlq show}: one dead letter with every attempt. */
public final class DlqShowCommand extends Verb {
  private final Word<String> id = arguments.required("ID", "as relay dlq list shows it");
  private final DeadLetterOptions letters = DeadLetterOptions.whereOnly(arguments);
  private final OutputOptions output = new OutputOptions(arguments);

  public DlqShowCommand(Session session) {
    super(
        session,
        "relay dlq show 01a20640-e696-7e55-9a11-52f1d2a0f6c3",
        "relay dlq show 01a20640-e696-7e55-9a11-52f1d2a0f6c3 -o json | jq .payload");
  }

  @Override
  public void run() {
    DeadLetterView view =
        new DeadLetterView(letters.ask(session, access -> access.show(id.value())));
    output.printer(session).print(view);
  }
}
