package dev.relay.cli.command.catalog;

import dev.relay.cli.command.Verb;
import dev.relay.cli.config.Session;
import dev.relay.cli.failure.CommandFailure;
import dev.relay.cli.failure.ExitCode;
import dev.relay.cli.failure.Nearest;
import dev.relay.cli.option.CatalogOptions;
import dev.relay.cli.option.OutputOptions;
import dev.relay.cli.output.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code relay catalog list}. */
@Command(
    footer = {
      "  relay catalog list",
      "  relay catalog list --actor cart",
      "  relay catalog list --kind command -o name"
    })
public final class CatalogListCommand implements Verb {
  private final Session session;

  @Option(
      names = "--actor",
      paramLabel = "ACTOR",
      description = "only events this actor produces or consumes")
  private @Nullable String actor;

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      description = "only this kind: command, query or event")
  private @Nullable Kind kind;

  @Mixin private CatalogOptions catalog = new CatalogOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  /** What {@code --kind} takes. */
  enum Kind {
    command,
    query,
    event
  }

  public CatalogListCommand(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    List<JsonObject> events = new ArrayList<>(catalog.reader(session).events());
    if (actor != null) {
      TreeSet<String> actors = actors(events);
      events.removeIf(event -> !concerns(event, actor));
      if (events.isEmpty()) {
        throw unknown(actor, actors);
      }
    }
    if (kind != null) {
      events.removeIf(event -> !event.text("kind").equals(kind.name()));
    }
    output.printer(session).print(new EventsView(events));
  }

  private static boolean concerns(JsonObject event, String actor) {
    return event.text("producer_actor").equals(actor)
        || event.objects("consumers").stream().anyMatch(item -> item.text("actor").equals(actor));
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

  private static CommandFailure unknown(String actor, TreeSet<String> actors) {
    String meant = Nearest.question(actor, actors);
    String known = actors.isEmpty() ? "the catalog is empty" : String.join(", ", actors);
    return CommandFailure.of(
            ExitCode.NOT_FOUND, "the catalog names no actor \"" + actor + "\" (" + known + ")")
        .fix(meant.isEmpty() ? null : meant);
  }
}
