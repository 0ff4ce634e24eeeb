package dev.relay.cli.command.dlq;

import dev.relay.cli.command.Verb;
import dev.relay.cli.config.Session;
import dev.relay.cli.option.DeadLetterOptions;
import dev.relay.cli.option.OutputOptions;
import dev.relay.cli.option.Word;
import dev.relay.cli.output.JsonObject;

/** {@code relay dlq list}. */
public final class DlqListCommand extends Verb {
  private static final int LIMIT = 50;

  private final Word<String> after =
      arguments.option("--after", "ID", "go on behind this letter, as the page before says");
  private final Word<Integer> limit =
      arguments.option("--limit", "N", Integer.class, "at most so many (default 50)");
  private final DeadLetterOptions letters = new DeadLetterOptions(arguments);
  private final OutputOptions output = new OutputOptions(arguments);

  public DlqListCommand(Session session) {
    super(
        session,
        "relay dlq list",
        "relay dlq list --actor payment --error RLY-4003 --older-than 1h",
        "relay dlq list -o json | jq '.[].payload'");
  }

  @Override
  public void run() {
    int most = limit.or(LIMIT);
    JsonObject page =
        letters.ask(session, access -> access.list(letters.filter(), after.orNull(), most));
    DeadLettersView view = new DeadLettersView(page.objects("dead_letters"));
    output.printer(session).print(view);
    if (page.has("next_after")) {
      String more = letters.words() + " --after " + page.text("next_after");
      String count = view.letters().size() + " of " + page.text("total") + " shown; ";
      session.terminal().err().println(count + "more: relay dlq list" + more);
    }
  }
}
