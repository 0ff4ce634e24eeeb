package dev.relay.cli.command.bus;

import dev.relay.cli.output.JsonObject;
import dev.relay.cli.output.Style;
import dev.relay.cli.output.View;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was done, for programs. */
record RebuiltView(JsonObject answer) implements View {
  @Override
  public Object tree() {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>(answer.fields());
    tree.remove("success"); // the exit code says that
    return tree;
  }

  @Override
  public List<String> names() {
    return List.of();
  }

  @Override
  public String text(Style style) {
    return String.join("\n", answer.texts("done")) + "\n";
  }
}
