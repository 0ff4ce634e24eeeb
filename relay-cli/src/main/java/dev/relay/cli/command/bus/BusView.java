package dev.relay.cli.command.bus;

import dev.relay.cli.output.JsonObject;
import dev.relay.cli.output.PlainText;
import dev.relay.cli.output.Style;
import dev.relay.cli.output.Table;
import dev.relay.cli.output.Times;
import dev.relay.cli.output.View;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The bus: a few lines of what carries it, its nodes, and its actors, one a line each. */
record BusView(JsonObject answer) implements View {
  /** Owners that fit a line of 80 columns. */
  private static final int MOST_NAMED = 2;

  @Override
  public Object tree() {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>(answer.fields());
    tree.remove("success"); // the exit code says that
    return tree;
  }

  @Override
  public List<String> names() {
    return List.of(answer.object("transport").text("name"));
  }

  @Override
  public String text(Style style) {
    StringBuilder text = new StringBuilder();
    line(text, style, "Transport", transport(style));
    if (answer.has("memory")) {
      line(text, style, "Memory", memory(answer.object("memory")));
    }
    if (answer.has("window")) {
      window(text, style, answer.object("window"));
    }
    for (String warning : answer.texts("warnings")) {
      line(text, style, "Warning", style.yellow(PlainText.of(warning)));
    }
    String nodes = nodes(style);
    String actors = actors(style);
    return text + (nodes.isEmpty() ? "" : "\n" + nodes) + (actors.isEmpty() ? "" : "\n" + actors);
  }

  private static void line(StringBuilder text, Style style, String title, String value) {
    text.append(style.bold(title)).append(" ".repeat(11 - title.length())).append(value);
    text.append('\n');
  }

  private String transport(Style style) {
    JsonObject transport = answer.object("transport");
    String name = PlainText.of(transport.text("name"));
    String detail = PlainText.of(transport.text("detail"));
    String shown = detail.startsWith(name) ? detail : (name + "  " + detail).strip();
    return transport.has("reachable") && !transport.is("reachable")
        ? style.red("down") + "  " + shown
        : shown;
  }

  private static String memory(JsonObject memory) {
    long limit = memory.number("limit_bytes");
    return size(memory.number("used_bytes"))
        + " used, "
        + (limit == 0 ? "no limit" : "limit " + size(limit))
        + ", maxmemory-policy "
        + PlainText.of(memory.text("policy"));
  }

  private static String size(long bytes) {
    return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }

  private static void window(StringBuilder text, Style style, JsonObject window) {
    line(text, style, "Events", events(style, window));
    for (JsonObject group : window.objects("groups")) {
      line(
          text,
          style,
          "",
          "group "
              + PlainText.of(group.text("name"))
              + "  "
              + group.text("pending")
              + " pending, last read "
              + PlainText.of(group.text("last_read")));
    }
  }

  private static String events(Style style, JsonObject window) {
    List<String> parts = new ArrayList<>();
    parts.add(window.text("length") + " of at most " + window.text("longest"));
    if (window.has("oldest_at")) {
      parts.add("back for " + Times.since(window.text("oldest_at")));
    }
    long behind = window.number("behind");
    parts.add(
        behind == 0
            ? "in step"
            : style.yellow(behind < 0 ? "the journal can't be read" : behind + " behind"));
    if (!window.is("kept")) {
      parts.add(style.yellow("no node writes it"));
    }
    return PlainText.of(window.text("name")) + "  " + String.join(", ", parts);
  }

  private String nodes(Style style) {
    Table table = new Table("NODE", "WAITING", "");
    for (JsonObject stream : answer.objects("streams")) {
      table.row(
          PlainText.of(stream.text("node")),
          stream.text("length"),
          stream.is("attended")
              ? ""
              : style.yellow("not seen there: just started, cut off, or on another transport"));
    }
    return table.isEmpty() ? "" : table.render(style);
  }

  private String actors(Style style) {
    Table table = new Table("ACTOR", "PENDING", "RETRYING", "LAG", "PARTITIONS OWNED BY");
    for (JsonObject actor : answer.objects("actors")) {
      table.row(
          PlainText.of(actor.text("actor")),
          actor.text("pending"),
          actor.text("retrying"),
          Times.of(actor.number("lag_ms")),
          owners(style, actor.object("owners")));
    }
    return table.isEmpty() ? "" : table.render(style);
  }

  private static String owners(Style style, JsonObject owners) {
    Map<String, @Nullable Object> fields = owners.fields();
    if (fields.isEmpty()) {
      return style.yellow("nobody");
    }
    List<String> named = new ArrayList<>();
    fields.forEach((node, count) -> named.add(PlainText.of(node) + "(" + count + ")"));
    return named.size() <= MOST_NAMED
        ? String.join(" ", named)
        : named.size() + " nodes; -o json names them";
  }
}
