package dev.relay.cli.command.dlq;

import dev.relay.cli.config.Session;
import dev.relay.cli.option.OutputOptions;
import dev.relay.cli.output.Format;
import dev.relay.cli.output.JsonObject;
import dev.relay.cli.output.PlainText;

/** Says what was done. */
final class Done {
  private Done() {}

  /** What became of one letter. */
  static void one(Session session, OutputOptions output, JsonObject letter, String what) {
    if (output.format() != Format.table) {
      print(session, output, letter);
      return;
    }
    String to = PlainText.of(letter.text("actor") + "/" + letter.text("key"));
    String line = what + ": " + letter.text("event") + " to " + to;
    String next = what.equals("discarded") ? "" : "  relay trace " + letter.text("message_id");
    session.terminal().err().println(line + next);
  }

  /** The answer for programs. */
  static void print(Session session, OutputOptions output, JsonObject answer) {
    output.printer(session).print(new DeadLetterView(answer));
  }
}
