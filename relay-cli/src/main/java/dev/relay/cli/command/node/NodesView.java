package dev.relay.cli.command.node;

import dev.relay.cli.output.JsonObject;
import dev.relay.cli.output.PlainText;
import dev.relay.cli.output.Style;
import dev.relay.cli.output.Table;
import dev.relay.cli.output.Times;
import dev.relay.cli.output.View;
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
        new Table("NODE", "URL", "UP", "PENDING", "RETRYING", "LAG", "ACTORS", "PARTITIONS");
    for (JsonObject node : answer.objects("nodes")) {
      table.row(
          PlainText.of(node.text("name")) + (node.is("leaving") ? " (leaving)" : ""),
          node.text("url").isEmpty() ? "-" : PlainText.of(node.text("url")),
          Times.since(node.text("started_at")),
          node.text("pending"),
          node.text("retrying"),
          Times.of(node.number("lag_ms")),
          String.valueOf(node.object("partitions").fields().size()),
          String.valueOf(owned(node)));
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
        + Times.of(unhosted.number("lag_ms"))
        + "\n";
  }

  /** How many partitions it owns, of all its actors; which, {@code relay bus info} says. */
  private static long owned(JsonObject node) {
    JsonObject partitions = node.object("partitions");
    return partitions.fields().keySet().stream().mapToLong(partitions::number).sum();
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
}
