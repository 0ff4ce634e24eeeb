package dev.relay.cli.command.catalog;

import dev.relay.cli.output.JsonObject;
import dev.relay.cli.output.Style;
import dev.relay.cli.output.Table;
import dev.relay.cli.output.View;
import java.util.List;

/** Events of the catalog, one a line. */
record EventsView(List<JsonObject> events) implements View {
  @Override
  public Object tree() {
    return events.stream().map(JsonObject::fields).toList();
  }

  @Override
  public List<String> names() {
    return events.stream().map(event -> event.text("event_name")).toList();
  }

  @Override
  public String text(Style style) {
    Table table = new Table("EVENT", "KIND", "VERSION", "PRODUCER", "CONSUMERS");
    for (JsonObject event : events) {
      boolean active = event.text("status").equals("active");
      table.row(
          event.text("event_name") + (active ? "" : " (" + event.text("status") + ")"),
          event.text("kind"),
          event.text("schema_version"),
          orDash(event.text("producer_actor")),
          orDash(consumers(event)));
    }
    return events.isEmpty() ? "no events\n" : table.render(style);
  }

  private static String consumers(JsonObject event) {
    StringBuilder line = new StringBuilder();
    for (JsonObject consumer : event.objects("consumers")) {
      line.append(line.isEmpty() ? "" : ", ").append(consumer.text("actor"));
      line.append(" (").append(consumer.text("pattern")).append(')');
    }
    return line.toString();
  }

  private static String orDash(String text) {
    return text.isEmpty() ? "-" : text;
  }
}
