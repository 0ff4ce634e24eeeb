package dev.relay.cli.command;

import dev.relay.cli.output.JsonObject;
import dev.relay.cli.output.JsonText;
import dev.relay.cli.output.Style;
import dev.relay.cli.output.View;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What came back for a message: to people the reply, to programs the whole answer. */
public record SentView(JsonObject answer) implements View {
  @Override
  public Object tree() {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>(answer.fields());
    tree.remove("success"); // the exit code says that
    return tree;
  }

  @Override
  public List<String> names() {
    return List.of(answer.text("event_id"));
  }

  @Override
  public String text(Style style) {
    return JsonText.pretty(answer.get("data")) + "\n";
  }
}
