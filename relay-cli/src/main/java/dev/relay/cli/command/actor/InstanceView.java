package dev.relay.cli.command.actor;

import dev.relay.cli.output.JsonObject;
import dev.relay.cli.output.JsonText;
import dev.relay.cli.output.Style;
import dev.relay.cli.output.View;
import java.util.List;

/** One instance: to people its state, to programs all that is known of it. */
record InstanceView(JsonObject instance) implements View {
  @Override
  public Object tree() {
    return instance.fields();
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
