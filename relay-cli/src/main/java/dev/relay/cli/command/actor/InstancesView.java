package dev.relay.cli.command.actor;

import dev.relay.cli.output.JsonObject;
import dev.relay.cli.output.Style;
import dev.relay.cli.output.Table;
import dev.relay.cli.output.View;
import java.util.List;

/** Instances of one actor. */
record InstancesView(String actor, List<JsonObject> instances) implements View {
  @Override
  public Object tree() {
    return instances.stream().map(JsonObject::fields).toList();
  }

  @Override
  public List<String> names() {
    return instances.stream().map(instance -> instance.text("key")).toList();
  }

  @Override
  public String text(Style style) {
    Table table = new Table("KEY", "VERSION", "UPDATED");
    for (JsonObject instance : instances) {
      table.row(instance.text("key"), instance.text("version"), instance.text("updated_at"));
    }
    return instances.isEmpty() ? actor + " has no instances\n" : table.render(style);
  }
}
