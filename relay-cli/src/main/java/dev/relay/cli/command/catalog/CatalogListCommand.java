package dev.relay.cli.command.catalog;

import dev.relay.cli.command.CatalogNames;
import dev.relay.cli.command.Verb;
import dev.relay.cli.config.Session;
import dev.relay.cli.option.CatalogOptions;
import dev.relay.cli.option.OutputOptions;
import dev.relay.cli.option.Word;
import dev.relay.cli.output.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** {@code relay catalog list}. */
public final class CatalogListCommand extends Verb {
  private final Word<String> actor =
      arguments.option("--actor", "ACTOR", "only events this actor produces or consumes");
  private final Word<Kind> kind =
      arguments.option("--kind", "KIND", Kind.class, "only this kind: command, query or event");
  private final CatalogOptions catalog = new CatalogOptions(arguments);
  private final OutputOptions output = new OutputOptions(arguments);

  /** What {@code --kind} takes. */
  enum Kind {
    command,
    query,
    event
  }

  public CatalogListCommand(Session session) {
    super(
        session,
        "relay catalog list",
        "relay catalog list --actor cart",
        "relay catalog list --kind command -o name");
  }

  @Override
  public void run() {
    List<JsonObject> all = catalog.events(session);
    List<JsonObject> wanted = new ArrayList<>();
    for (JsonObject event : all) {
      boolean kindFits = !kind.said() || event.text("kind").equals(kind.value().name());
      if (kindFits && (!actor.said() || concerns(event, actor.value()))) {
        wanted.add(event);
      }
    }
    if (wanted.isEmpty() && actor.said()) {
      new CatalogNames(all).checkActor(actor.value());
    }
    output.printer(session).print(new EventsView(wanted));
  }

  private static boolean concerns(JsonObject event, String actor) {
    if (event.text("producer_actor").equals(actor)) {
      return true;
    }
    for (JsonObject consumer : event.objects("consumers")) {
      if (consumer.text("actor").equals(actor)) {
        return true;
      }
    }
    return false;
  }
}
