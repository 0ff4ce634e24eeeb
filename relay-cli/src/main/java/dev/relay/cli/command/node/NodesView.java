package dev.relay.cli.command.node;

import dev.relay.cli.output.JsonObject;
import dev.relay.cli.output.PlainText;
import dev.relay.cli.output.Style;
import dev.relay.cli.output.Table;
import dev.relay.cli.output.View;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The living nodes, one a line, and what nobody hosts. */
record NodesView(JsonObject answer) implements View {
  @Override
  public Object tree() {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>(answer.fields());
    tree.remove("success"); // the exit code says that
    return tree;
  }

  @Override
  public List<String> names() {
    return answer.objects("nodes").stream().map(node -> node.text("name")).toList();
  }

  @Override
  public String text(Style style) {
    Table table =
        new Table("NODE", "URL", "UP", "PENDING", "RETRYING", "LAG", "ACTORS (PARTITIONS OWNED)");
    for (JsonObject node : answer.objects("nodes")) {
      table.row(
          PlainText.of(node.text("name")) + (node.is("leaving") ? " (leaving)" : ""),
          node.text("url").isEmpty() ? "-" : PlainText.of(node.text("url")),
          up(node.text("started_at")),
          node.text("pending"),
          node.text("retrying"),
          time(node.number("lag_ms")),
          partitions(node));
    }
    String nodes = table.isEmpty() ? "no nodes are running\n" : table.render(style);
    if (!answer.has("unhosted")) {
      return nodes;
    }
    JsonObject unhosted = answer.object("unhosted");
    return nodes
        + style.yellow("nobody hosts")
        + " "
        + partitions(unhosted)
        + ": "
        + unhosted.text("pending")
        + " deliveries wait, the oldest for "
        + time(unhosted.number("lag_ms"))
        + "\n";
  }

  private static String partitions(JsonObject node) {
    StringBuilder text = new StringBuilder();
    node.object("partitions")
        .fields()
        .forEach(
            (actor, count) ->
                text.append(text.isEmpty() ? "" : " ")
                    .append(PlainText.of(actor))
                    .append('(')
                    .append(count)
                    .append(')'));
    return text.isEmpty() ? "-" : text.toString();
  }

  private static String up(String since) {
    try {
      return time(Math.max(0, Duration.between(Instant.parse(since), Instant.now()).toMillis()));
    } catch (DateTimeParseException e) {
      return "-";
    }
  }

  private static String time(long millis) {
    if (millis < 1000) {
      return millis + "ms";
    }
    long seconds = millis / 1000;
    if (seconds < 120) {
      return seconds + "s";
    }
    return seconds < 7200
        ? seconds / 60 + "m"
        : seconds < 172_800 ? seconds / 3600 + "h" : seconds / 86_400 + "d";
  }
}
