package dev.relay.cli.command;

import dev.relay.cli.failure.CommandFailure;
import dev.relay.cli.failure.ExitCode;
import dev.relay.cli.output.JsonObject;
import dev.relay.schema.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The names that the catalog knows: a filter by another would wait for what can't come.
 *
 * @param events in the form of {@code GET /api/catalog/events}
 */
public record CatalogNames(List<JsonObject> events) {
  /** The actors that produce or consume, by name. */
  public Set<String> actors() {
    TreeSet<String> actors = new TreeSet<>();
    for (JsonObject event : events) {
      actors.add(event.text("producer_actor"));
      event.objects("consumers").forEach(consumer -> actors.add(consumer.text("actor")));
    }
    actors.remove("");
    return actors;
  }

  /**
   * Whether there is such an actor.
   *
   * @throws CommandFailure where there isn't; it names the nearest
   */
  public void checkActor(String actor) {
    check("actor", actor, actors());
  }

  /**
   * Whether an actor receives any event.
   *
   * @throws CommandFailure where none of that name does; it names the nearest
   */
  public void checkConsumer(String actor) {
    TreeSet<String> consumers = new TreeSet<>();
    for (JsonObject event : events) {
      event.objects("consumers").forEach(consumer -> consumers.add(consumer.text("actor")));
    }
    check("consumer", actor, consumers);
  }

  private void check(String what, String name, Set<String> known) {
    if (!known.contains(name)) {
      String meant = Nearest.suggestion(name, known);
      throw unknown(
          "the catalog names no " + what + " \"" + name + "\"" + meant,
          "it names " + String.join(", ", known));
    }
  }

  /**
   * Whether an event has this name, or fits it where it has {@code *} for any characters.
   *
   * @throws CommandFailure where none does; it names the nearest
   */
  public void checkEvent(String pattern) {
    List<String> names = new ArrayList<>();
    events.forEach(event -> names.add(event.text("event_name")));
    Pattern fits = Pattern.compile(Pattern.quote(pattern).replace("*", "\\E.*\\Q"));
    for (String name : names) {
      if (fits.matcher(name).matches()) {
        return;
      }
    }
    String meant = Nearest.suggestion(pattern, names);
    throw unknown(
        "the catalog has no event \"" + pattern + "\"" + meant, "relay catalog list shows them");
  }

  /** How many actors receive the event. */
  public int consumers(String name) {
    for (JsonObject event : events) {
      if (event.text("event_name").equals(name)) {
        return event.objects("consumers").size();
      }
    }
    return 0;
  }

  private CommandFailure unknown(String message, String fix) {
    return CommandFailure.of(ExitCode.NOT_FOUND, message)
        .fix(events.isEmpty() ? "the catalog is empty: relay catalog apply FOLDER fills it" : fix);
  }
}
