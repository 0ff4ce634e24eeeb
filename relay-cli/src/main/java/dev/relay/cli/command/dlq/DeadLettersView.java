package dev.relay.cli.command.dlq;

import dev.relay.cli.output.JsonObject;
import dev.relay.cli.output.PlainText;
import dev.relay.cli.output.Style;
import dev.relay.cli.output.Table;
import dev.relay.cli.output.View;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;

/** Dead letters, one a line. */
record DeadLettersView(List<JsonObject> letters) implements View {
  /** Characters of an error in a list; {@code relay dlq show} has all of it. */
  private static final int LONGEST_ERROR = 80;

  @Override
  public Object tree() {
    return letters.stream().map(JsonObject::fields).toList();
  }

  @Override
  public List<String> names() {
    return letters.stream().map(letter -> letter.text("id")).toList();
  }

  @Override
  public String text(Style style) {
    Table table = new Table("ID", "TO", "EVENT", "ATTEMPTS", "DEAD FOR", "ERROR");
    for (JsonObject letter : letters) {
      table.row(
          letter.text("id"),
          PlainText.of(letter.text("actor") + "/" + letter.text("key")),
          letter.text("event"),
          letter.text("attempts"),
          age(letter.text("died_at")),
          PlainText.cut(letter.text("error"), LONGEST_ERROR));
    }
    return letters.isEmpty() ? "no dead letters\n" : table.render(style);
  }

  static String age(String time) {
    try {
      long seconds = Math.max(0, Duration.between(Instant.parse(time), Instant.now()).toSeconds());
      return seconds < 120
          ? seconds + "s"
          : seconds < 7200
              ? seconds / 60 + "m"
              : seconds < 172_800 ? seconds / 3600 + "h" : seconds / 86_400 + "d";
    } catch (DateTimeParseException e) {
      return "-";
    }
  }
}
