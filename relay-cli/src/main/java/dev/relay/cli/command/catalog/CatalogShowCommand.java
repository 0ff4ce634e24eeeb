package dev.relay.cli.command.catalog;

import dev.relay.cli.command.Verb;
import dev.relay.cli.config.Session;
import dev.relay.cli.failure.CommandFailure;
import dev.relay.cli.failure.ExitCode;
import dev.relay.cli.failure.Nearest;
import dev.relay.cli.option.CatalogOptions;
import dev.relay.cli.option.OutputOptions;
import dev.relay.cli.output.JsonObject;
import dev.relay.cli.output.JsonText;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code relay catalog show}: one event with its fields, its consumers and an example. */
@Command(
    footer = {
      "  relay catalog show ADD_TO_CART",
      "  relay catalog show ADD_TO_CART --example > item.json",
      "  relay catalog show ADD_TO_CART -o json | jq .payload_schema"
    })
public final class CatalogShowCommand implements Verb {
  private final Session session;

  @Parameters(index = "0", paramLabel = "EVENT", description = "its name in the catalog")
  private String name = "";

  @Option(names = "--example", description = "print nothing but an example payload")
  private boolean example;

  @Mixin private CatalogOptions catalog = new CatalogOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  public CatalogShowCommand(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    JsonObject event = find(catalog.reader(session).events());
    if (example) {
      Object payload = new ExamplePayload(event.object("payload_schema")).value();
      session.terminal().out().println(JsonText.pretty(payload));
    } else {
      output.printer(session).print(new EventView(event));
    }
  }

  private JsonObject find(List<JsonObject> events) {
    for (JsonObject event : events) {
      if (event.text("event_name").equals(name)) {
        return event;
      }
    }
    List<String> names = events.stream().map(event -> event.text("event_name")).toList();
    String meant = Nearest.question(name, names);
    throw CommandFailure.of(ExitCode.NOT_FOUND, "the catalog has no event \"" + name + "\"")
        .fix(meant.isEmpty() ? "relay catalog list shows what there is" : meant);
  }
}
