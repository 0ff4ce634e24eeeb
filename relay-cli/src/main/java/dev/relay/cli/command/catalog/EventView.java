package dev.relay.cli.command.catalog;

import dev.relay.cli.output.JsonObject;
import dev.relay.cli.output.JsonText;
import dev.relay.cli.output.Style;
import dev.relay.cli.output.Table;
import dev.relay.cli.output.View;
import java.util.List;

/** One event: what it is, its fields, who receives it, and an example. */
record EventView(JsonObject event) implements View {
  @Override
  public Object tree() {
    return event.fields();
  }

  @Override
  public List<String> names() {
    return List.of(event.text("event_name"));
  }

  @Override
  public String text(Style style) {
    StringBuilder page = new StringBuilder();
    page.append(style.bold(event.text("event_name"))).append("  ").append(event.text("kind"));
    page.append("  version ").append(event.text("schema_version"));
    page.append("  ").append(event.text("status")).append('\n');
    if (!event.text("description").isEmpty()) {
      page.append(event.text("description")).append('\n');
    }
    fields(page, "Payload", event.object("payload_schema"), style);
    if (!event.object("result_schema").fields().isEmpty()) {
      fields(page, "Reply", event.object("result_schema"), style);
    }
    route(page, style);
    Object example = ExamplePayload.full(event.object("payload_schema")).value();
    page.append('\n').append(style.bold("Example")).append('\n');
    page.append("  ").append(JsonText.pretty(example).replace("\n", "\n  ")).append('\n');
    return page.toString();
  }

  private static void fields(StringBuilder page, String title, JsonObject schema, Style style) {
    page.append('\n').append(style.bold(title)).append('\n');
    page.append(new SchemaFields(schema).table().render(style));
  }

  private void route(StringBuilder page, Style style) {
    String producer = event.text("producer_actor");
    page.append('\n').append(style.bold("From")).append('\n');
    page.append("  ").append(producer.isEmpty() ? "anyone" : producer).append('\n');
    Table table = new Table();
    for (JsonObject consumer : event.objects("consumers")) {
      String pattern = consumer.text("pattern");
      String key = consumer.text("key_field");
      table.row(
          "  " + consumer.text("actor"),
          pattern,
          pattern.equals("ask") ? "answers within " + consumer.text("timeout_ms") + " ms" : "",
          key.isEmpty() ? "" : "key " + key);
    }
    page.append('\n').append(style.bold("To")).append('\n');
    page.append(table.isEmpty() ? "  nobody yet\n" : table.render(style));
  }
}
