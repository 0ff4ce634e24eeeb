package dev.relay.cli.command;

import dev.relay.cli.output.JsonObject;
import dev.relay.cli.output.PlainText;
import dev.relay.cli.output.Style;
import dev.relay.cli.output.View;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tree of what one request caused: under a message its receivers, under a receiver the messages
 * that its turn emitted.
 *
 * @param unicode whether the terminal shows more than ASCII
 */
record TraceView(JsonObject trace, boolean unicode) implements View {
  /** Deeper levels aren't indented further; a chain of a thousand events fits no screen. */
  private static final int DEEPEST = 40;

  @Override
  public Object tree() {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>(trace.fields());
    tree.remove("success"); // the exit code says that
    return tree;
  }

  @Override
  public List<String> names() {
    return trace.objects("messages").stream().map(message -> message.text("id")).toList();
  }

  @Override
  public String text(Style style) {
    List<JsonObject> messages = trace.objects("messages");
    List<JsonObject> roots = new ArrayList<>();
    Map<String, List<JsonObject>> caused = new LinkedHashMap<>();
    List<String> known = names();
    for (JsonObject message : messages) {
      if (known.contains(message.text("causation_id"))) {
        caused.computeIfAbsent(cause(message), key -> new ArrayList<>()).add(message);
      } else {
        roots.add(message);
      }
    }
    Instant start = time(messages.get(0).text("time"));
    StringBuilder text = new StringBuilder(head(style, messages, start)).append('\n');
    Drawing drawing = new Drawing(style, start, caused, text);
    for (JsonObject root : roots) {
      text.append(message(style, root, start)).append('\n');
      drawing.receivers(root, "", 0);
    }
    return text.toString();
  }

  private String head(Style style, List<JsonObject> messages, Instant start) {
    Instant end = start;
    for (JsonObject message : messages) {
      for (JsonObject receiver : message.objects("receivers")) {
        Instant at = time(receiver.text("at"));
        end = at.isAfter(end) ? at : end;
      }
    }
    String count = messages.size() == 1 ? "1 message" : messages.size() + " messages";
    return style.bold("trace " + PlainText.of(trace.text("correlation_id")))
        + "  "
        + count
        + ", "
        + Duration.between(start, end).toMillis()
        + " ms"
        + (trace.is("complete") ? "" : ", incomplete");
  }

  /** Which turn emitted it: that of an instance, processing a message. */
  private static String cause(JsonObject message) {
    return message.text("causation_id")
        + " "
        + message.text("producer")
        + " "
        + message.text("producer_key");
  }

  private static String message(Style style, JsonObject message, Instant start) {
    boolean emitted = message.has("producer");
    String when = "+" + Duration.between(start, time(message.text("time"))).toMillis() + " ms";
    return style.bold(PlainText.of(message.text("event")))
        + (emitted ? "" : "  client")
        + "  "
        + when
        + "  "
        + style.dim(message.text("id"));
  }

  private static String receiver(Style style, JsonObject receiver) {
    String to = PlainText.of(receiver.text("actor") + "/" + receiver.text("key"));
    String outcome = receiver.text("outcome");
    String error = receiver.text("error");
    String failed =
        "attempt " + receiver.text("attempt") + (error.isEmpty() ? "" : ": " + PlainText.of(error));
    return switch (outcome) {
      case "done" ->
          style.green("done")
              + "  "
              + to
              + "  "
              + receiver.text("ms")
              + " ms  v"
              + receiver.text("version");
      case "dead" -> style.red("dead") + "  " + to + "  " + failed;
      case "retrying" -> style.yellow("retrying") + "  " + to + "  " + failed;
      case "scheduled" ->
          style.yellow("scheduled") + "  " + to + "  due " + receiver.text("due_at");
      case "discarded" -> style.red("discarded") + "  " + to + "  by hand";
      case "waiting" -> style.yellow("waiting") + "  " + to + "  still owed";
      default -> style.yellow("unknown") + "  " + to + "  nothing of it was found";
    };
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      return Instant.EPOCH;
    }
  }

  /** Draws branches below a message. */
  private final class Drawing {
    private final Style style;
    private final Instant start;
    private final Map<String, List<JsonObject>> caused;
    private final StringBuilder text;

    private Drawing(
        Style style, Instant start, Map<String, List<JsonObject>> caused, StringBuilder text) {
      this.style = style;
      this.start = start;
      this.caused = caused;
      this.text = text;
    }

    private void receivers(JsonObject message, String indent, int depth) {
      List<JsonObject> receivers = message.objects("receivers");
      for (int i = 0; i < receivers.size(); i++) {
        JsonObject receiver = receivers.get(i);
        boolean last = i == receivers.size() - 1;
        text.append(indent).append(branch(last)).append(receiver(style, receiver)).append('\n');
        emitted(message, receiver, deeper(indent, last, depth), depth + 1);
      }
    }

    private void emitted(JsonObject message, JsonObject receiver, String indent, int depth) {
      String by = message.text("id") + " " + receiver.text("actor") + " " + receiver.text("key");
      List<JsonObject> messages = caused.getOrDefault(by, List.of());
      for (int i = 0; i < messages.size(); i++) {
        boolean last = i == messages.size() - 1;
        text.append(indent).append(branch(last));
        text.append(message(style, messages.get(i), start)).append('\n');
        receivers(messages.get(i), deeper(indent, last, depth), depth + 1);
      }
    }

    private String branch(boolean last) {
      return unicode ? last ? "└─ " : "├─ " : last ? "`- " : "|- ";
    }

    private String deeper(String indent, boolean last, int depth) {
      if (depth >= DEEPEST) {
        return indent;
      }
      return indent + (last ? "   " : unicode ? "│  " : "|  ");
    }
  }
}
