package dev.relay.cli.command.dlq;

import dev.relay.cli.output.JsonObject;
import dev.relay.cli.output.JsonText;
import dev.relay.cli.output.PlainText;
import dev.relay.cli.output.Style;
import dev.relay.cli.output.Table;
import dev.relay.cli.output.View;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One dead letter: what it is, every attempt, what waits behind it, and what can be done. */
record DeadLetterView(JsonObject letter) implements View {
  @Override
  public Object tree() {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>(letter.fields());
    tree.remove("success"); // the exit code says that
    return tree;
  }

  @Override
  public List<String> names() {
    return List.of(letter.text("id"));
  }

  @Override
  public String text(Style style) {
    Table facts = new Table();
    String producer =
        letter.has("producer")
            ? letter.text("producer") + "/" + letter.text("producer_key")
            : "client";
    facts.row("to", PlainText.of(letter.text("actor") + "/" + letter.text("key")));
    facts.row("event", letter.text("event") + "  from " + PlainText.of(producer));
    facts.row(
        "message",
        letter.text("message_id")
            + "  relay trace "
            + letter.text("message_id")
            + " shows the rest");
    facts.row(
        "dead for",
        DeadLettersView.age(letter.text("died_at")) + "  since " + letter.text("died_at"));
    facts.row("error", PlainText.of(letter.text("error")));
    facts.row(
        "behind it",
        letter.text("waiting_behind")
            + " waiting, "
            + letter.text("delivered_after")
            + " delivered after it");
    Table attempts = new Table("ATTEMPT", "AT", "ERROR");
    for (JsonObject attempt : letter.objects("history")) {
      attempts.row(
          attempt.text("attempt"), attempt.text("at"), PlainText.of(attempt.text("error")));
    }
    String id = letter.text("id");
    return style.bold("dead letter " + id)
        + "\n"
        + facts.render(style)
        + (attempts.isEmpty() ? "" : "\n" + attempts.render(style))
        + "\n"
        + JsonText.pretty(letter.get("payload"))
        + "\n\n"
        + style.dim("relay dlq retry " + id + "   edit, discard: the same way")
        + "\n";
  }
}
