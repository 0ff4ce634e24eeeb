package dev.relay.cli.command.flow;

import dev.relay.cli.output.JsonObject;
import dev.relay.cli.output.PlainText;
import dev.relay.cli.output.Style;
import dev.relay.cli.output.Table;
import dev.relay.cli.output.Times;
import dev.relay.cli.output.View;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One run, drawn: a line a step. */
record RunView(JsonObject run) implements View {
  @Override
  public Object tree() {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>(run.fields());
    tree.remove("success"); // the exit code says that
    return tree;
  }

  @Override
  public List<String> names() {
    return List.of(run.text("id"));
  }

  @Override
  public String text(Style style) {
    StringBuilder text = new StringBuilder();
    text.append(style.bold(PlainText.of(run.text("id")))).append("  ").append(status(style));
    text.append("  started ").append(Ages.since(run.text("started_at"))).append(" ago");
    if (!run.text("ended_at").isEmpty()) {
      text.append(", took ").append(took(run.text("started_at"), run.text("ended_at")));
    } else if (!run.text("deadline").isEmpty()) {
      text.append(", deadline ").append(Ages.since(run.text("deadline")));
    }
    text.append(run.number("run") > 1 ? ", run " + run.text("run") : "").append("\n\n");
    text.append(steps(style));
    why(text, style);
    text.append('\n').append(style.dim(hints())).append('\n');
    return text.toString();
  }

  private String status(Style style) {
    String status = run.text("status");
    return switch (status) {
      case "done" -> style.green(status);
      case "paused", "failed" -> style.red(status);
      case "running", "waiting" -> status;
      default -> style.yellow(status);
    };
  }

  private String steps(Style style) {
    Table table = new Table();
    for (JsonObject step : run.objects("steps")) {
      String indent = "  ".repeat((int) step.number("depth"));
      table.row(
          indent + mark(step.text("state")),
          indent + PlainText.of(step.text("step")),
          PlainText.of(step.text("does")),
          time(step),
          PlainText.cut(note(step), 80));
    }
    return table.render(style);
  }

  /** Plain characters, which every terminal has. */
  private String mark(String state) {
    return switch (state) {
      case "done" -> "ok";
      case "now" -> run.text("status").equals("paused") ? "!!" : "->";
      case "to_come" -> "..";
      case "skipped" -> "--";
      default -> "x ";
    };
  }

  private static String time(JsonObject step) {
    if (!step.text("ms").isEmpty()) {
      return Times.of(step.number("ms"));
    }
    return step.text("started_at").isEmpty() ? "" : "for " + Ages.since(step.text("started_at"));
  }

  private static String note(JsonObject step) {
    String state = step.text("state");
    boolean plain = state.equals("done") || state.equals("now") || state.equals("to_come");
    String text = plain ? "" : state.replace('_', ' ');
    long times = step.number("times");
    if (times > 0) {
      text = join(text, times == 1 ? "once" : times + " times");
    } else if (step.number("attempts") > 1) {
      text = join(text, step.text("attempts") + " attempts");
    }
    return join(text, PlainText.of(step.text("note")));
  }

  private static String join(String one, String other) {
    return one.isEmpty() || other.isEmpty() ? one + other : one + ", " + other;
  }

  private void why(StringBuilder text, Style style) {
    JsonObject error = run.object("error");
    JsonObject ending = run.object("ending");
    if (!error.text("message").isEmpty()) {
      text.append('\n').append(style.red(error.text("code"))).append("  at ");
      text.append(PlainText.of(error.text("step"))).append(": ");
      text.append(PlainText.of(error.text("message"))).append('\n');
      if (!run.text("next_at").isEmpty()) {
        text.append("repeated ").append(Ages.since(run.text("next_at"))).append('\n');
      }
    }
    if (!ending.text("message").isEmpty()) {
      text.append('\n').append(PlainText.of(ending.text("reason"))).append("  at ");
      text.append(PlainText.of(ending.text("step"))).append(": ");
      text.append(PlainText.of(ending.text("message"))).append('\n');
    }
    if (!run.text("wish").isEmpty()) {
      text.append("\nas soon as it may: ").append(run.text("wish")).append('\n');
    }
  }

  private String hints() {
    String id = PlainText.of(run.text("id"));
    String trace = "relay trace " + run.text("correlation");
    return switch (run.text("status")) {
      case "paused" ->
          "relay flow resume " + id + "   skip, compensate, cancel: the same way\n" + trace;
      case "running", "waiting" -> "relay flow cancel " + id + "\n" + trace;
      default -> trace;
    };
  }

  private static String took(String from, String to) {
    try {
      return Times.of(Duration.between(Instant.parse(from), Instant.parse(to)).toMillis());
    } catch (DateTimeParseException e) {
      return "-";
    }
  }
}
