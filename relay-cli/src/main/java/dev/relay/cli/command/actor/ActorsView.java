package dev.relay.cli.command.actor;

import dev.relay.cli.output.JsonObject;
import dev.relay.cli.output.Style;
import dev.relay.cli.output.Table;
import dev.relay.cli.output.View;
import java.util.List;

/** The actors that a node hosts, and how they fare. */
record ActorsView(List<JsonObject> actors) implements View {
  @Override
  public Object tree() {
    return actors.stream().map(JsonObject::fields).toList();
  }

  @Override
  public List<String> names() {
    return actors.stream().map(actor -> actor.text("name")).toList();
  }

  @Override
  public String text(Style style) {
    Table table =
        new Table("ACTOR", "VERSION", "HEALTH", "WAITING", "TURNS", "REFUSED", "FAILED", "EVENTS");
    for (JsonObject actor : actors) {
      table.row(
          actor.text("name"),
          actor.text("version"),
          actor.is("healthy") ? "healthy" : "failing",
          actor.text("waiting"),
          actor.text("turns"),
          actor.text("refused"),
          actor.text("failed"),
          String.join(" ", actor.texts("events")));
    }
    return actors.isEmpty() ? "this node hosts no actors\n" : table.render(style);
  }
}
