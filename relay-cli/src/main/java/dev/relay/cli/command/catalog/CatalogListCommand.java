package dev.relay.cli.command.catalog;

import dev.relay.cli.command.Verb;
import dev.relay.cli.config.Session;
import dev.relay.cli.failure.CommandFailure;
import dev.relay.cli.failure.ExitCode;
import dev.relay.cli.option.CatalogOptions;
import dev.relay.cli.option.OutputOptions;
import dev.relay.cli.option.Word;
import dev.relay.cli.output.JsonObject;
import dev.relay.schema.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

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
      checkActor(actor.value(), actors(all));
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

  private static TreeSet<String> actors(List<JsonObject> events) {
    TreeSet<String> actors = new TreeSet<>();
    for (JsonObject event : events) {
      actors.add(event.text("producer_actor"));
      event.objects("consumers").forEach(consumer -> actors.add(consumer.text("actor")));
    }
    actors.remove("");
    return actors;
  }

  private static void checkActor(String actor, TreeSet<String> actors) {
    if (!actors.contains(actor)) {
      String meant = Nearest.suggestion(actor, actors);
      throw CommandFailure.of(
              ExitCode.NOT_FOUND, "the catalog names no actor \"" + actor + "\"" + meant)
          .fix(
              actors.isEmpty()
                  ? "the catalog is empty: relay catalog apply FOLDER fills it"
                  : "it names " + String.join(", ", actors));
    }
  }
}
