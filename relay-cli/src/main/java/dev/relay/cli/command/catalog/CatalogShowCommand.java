package dev.relay.cli.command.catalog;

import dev.relay.cli.command.Verb;
import dev.relay.cli.config.Session;
import dev.relay.cli.failure.CommandFailure;
import dev.relay.cli.failure.ExitCode;
import dev.relay.cli.option.CatalogOptions;
import dev.relay.cli.option.OutputOptions;
import dev.relay.cli.option.Word;
import dev.relay.cli.output.JsonObject;
import dev.relay.cli.output.JsonText;
import dev.relay.schema.Nearest;
import java.util.List;

/** {@code relay catalog show}: one event with its fields, its consumers and an example. */
public final class CatalogShowCommand extends Verb {
  private final Word<String> name = arguments.required("EVENT", "its name in the catalog");
  private final Word<Boolean> example =
      arguments.flag("--example", "print nothing but an example payload");
  private final CatalogOptions catalog = new CatalogOptions(arguments);
  private final OutputOptions output = new OutputOptions(arguments);

  public CatalogShowCommand(Session session) {
    super(
        session,
        "relay catalog show ADD_TO_CART",
        "relay catalog show ADD_TO_CART --example > item.json",
        "relay catalog show ADD_TO_CART -o json | jq .payload_schema");
  }

  @Override
  public void run() {
    JsonObject event = find(name.value(), catalog.events(session));
    if (example.said()) {
      Object payload = ExamplePayload.full(event.object("payload_schema")).value();
      session.terminal().out().println(JsonText.pretty(payload));
    } else {
      output.printer(session).print(new EventView(event));
    }
  }

  private static JsonObject find(String name, List<JsonObject> events) {
    for (JsonObject event : events) {
      if (event.text("event_name").equals(name)) {
        return event;
      }
    }
    List<String> names = events.stream().map(event -> event.text("event_name")).toList();
    String meant = Nearest.suggestion(name, names);
    throw CommandFailure.of(ExitCode.NOT_FOUND, "the catalog has no event \"" + name + "\"" + meant)
        .fix("relay catalog list shows what there is");
  }
}
