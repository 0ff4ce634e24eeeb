package dev.relay.cli.command.dlq;

import dev.relay.cli.config.Session;
import dev.relay.cli.failure.CommandFailure;
import dev.relay.cli.option.Arguments;
import dev.relay.cli.option.Confirmation;
import dev.relay.cli.option.DeadLetterOptions;
import dev.relay.cli.option.Word;
import dev.relay.cli.output.JsonObject;
import dev.relay.cli.output.Terminal;

/** Doing something to all that a filter means: shown first, done when it was agreed to. */
final class Bulk {
  private final Word<Boolean> all;
  private final Confirmation confirmation;
  private final Word<Boolean> dryRun;
  private final DeadLetterOptions letters;

  Bulk(Arguments arguments, DeadLetterOptions letters) {
    this.letters = letters;
    all = arguments.flag("--all", "all dead letters there are");
    confirmation = new Confirmation(arguments);
    dryRun = arguments.flag("--dry-run", "only say how many are meant");
  }

  /** Whether one letter is meant by its id; refuses what is neither or both. */
  boolean one(Word<String> id, String verb) {
    boolean filtered = !letters.filter().isEmpty() || all.said();
    if (id.said() == filtered) {
      throw CommandFailure.usage(
              filtered
                  ? "an ID or a filter is expected, both are given"
                  : "which dead letters are meant? an ID or a filter is expected")
          .fix("relay dlq list shows them\nrelay dlq " + verb + " --actor ACTOR, or --all for all");
    }
    if (all.said() && !letters.filter().isEmpty()) {
      throw CommandFailure.usage("--all and a filter are given; one of them is meant");
    }
    return !filtered;
  }

  /** Whether to go on: asks a person, and refuses where nobody can be asked. */
  boolean agreed(Session session, String verb) {
    JsonObject page = letters.ask(session, access -> access.list(letters.filter(), null, 1));
    long total = page.number("total");
    String many = total == 1 ? "1 dead letter" : total + " dead letters";
    Terminal terminal = session.terminal();
    if (total == 0) {
      terminal.err().println("no dead letters are meant; nothing was done");
      return false;
    }
    if (dryRun.said()) {
      terminal.err().println(many + " would be meant by " + verb + "; nothing was done");
      return false;
    }
    return confirmation.agreed(
        terminal,
        many + " are meant",
        verb + " " + many + "?",
        "relay dlq " + verb + (all.said() ? " --all" : letters.words()) + " --yes");
  }
}
