package dev.relay.cli.command.actor;

import dev.relay.cli.output.JsonObject;
import dev.relay.cli.output.Style;
import dev.relay.cli.output.Table;
import dev.relay.cli.output.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Instances of one actor that were found, with the values they were found by. */
record FoundView(String actor, List<JsonObject> instances) implements View {
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
    if (instances.isEmpty()) {
      return "no such instances of " + actor + "\n";
    }
    List<String> values = List.copyOf(instances.get(0).object("values").fields().keySet());
    List<String> heads = new ArrayList<>(List.of("KEY"));
    values.forEach(value -> heads.add(value.toUpperCase(Locale.ROOT)));
    heads.addAll(List.of("VERSION", "UPDATED"));
    Table table = new Table(heads.toArray(String[]::new));
    for (JsonObject instance : instances) {
      List<String> row = new ArrayList<>(List.of(instance.text("key")));
      values.forEach(value -> row.add(instance.object("values").text(value)));
      row.addAll(List.of(instance.text("version"), instance.text("updated_at")));
      table.row(row.toArray(String[]::new));
    }
    return table.render(style);
  }
}
