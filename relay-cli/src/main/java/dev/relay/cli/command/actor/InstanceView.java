package dev.relay.cli.command.actor;

import dev.relay.cli.output.JsonObject;
import dev.relay.cli.output.JsonText;
import dev.relay.cli.output.Style;
import dev.relay.cli.output.View;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One instance: to people its state, to programs all that is known of it. */
record InstanceView(JsonObject instance) implements View {
  @Override
  public Object tree() {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>(instance.fields());
    tree.remove("success"); // the exit code says that
    return tree;
  }

  @Override
  public List<String> names() {
    return List.of(instance.text("actor") + "/" + instance.text("key"));
  }

  @Override
  public String text(Style style) {
    return JsonText.pretty(instance.get("state")) + "\n";
  }
}
