package dev.relay.cli;

import dev.relay.cli.client.NodeClient;
import dev.relay.cli.config.Session;
import dev.relay.cli.output.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Names that a running node knows; none where no node answers at once. */
final class LiveNames {
  /** A person waits with a finger on TAB. */
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private final Session session;

  LiveNames(Session session) {
    this.session = session;
  }

  List<String> actors() {
    return names("/api/actors", "actors", "name", "description");
  }

  /** Events that this actor receives, or all where it is empty. */
  List<String> events(String actor) {
    List<String> names = new ArrayList<>();
    for (JsonObject event : objects("/api/catalog/events", "events")) {
      boolean fits =
          actor.isEmpty()
              || event.objects("consumers").stream().anyMatch(c -> c.text("actor").equals(actor));
      if (fits) {
        names.add(candidate(event.text("event_name"), event.text("description")));
      }
    }
    return names;
  }

  /** Events that are published, commands and queries left out. */
  List<String> publishable() {
    List<String> names = new ArrayList<>();
    for (JsonObject event : objects("/api/catalog/events", "events")) {
      if (event.text("kind").equals("event")) {
        names.add(candidate(event.text("event_name"), event.text("description")));
      }
    }
    return names;
  }

  List<String> deadLetters() {
    return names("/api/dead-letters?limit=100", "dead_letters", "id", "error");
  }

  List<String> flows() {
    return names("/api/flows?limit=1", "flows", "name", "description");
  }

  /** Runs of flows that aren't over. */
  List<String> runs() {
    return names("/api/flows?limit=100", "runs", "id", "status");
  }

  List<String> keys(String actor) {
    String path = "/api/actors/" + NodeClient.escape(actor) + "?limit=100";
    return names(path, "instances", "key", "");
  }

  private List<String> names(String path, String list, String name, String meaning) {
    List<String> names = new ArrayList<>();
    for (JsonObject item : objects(path, list)) {
      names.add(candidate(item.text(name), item.text(meaning)));
    }
    return names;
  }

  // a shell reads a candidate by the line and splits it at the tab
  private static String candidate(String name, String meaning) {
    return meaning.isEmpty() ? flat(name) : flat(name) + "\t" + flat(meaning);
  }

  private static String flat(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ");
  }

  private List<JsonObject> objects(String path, String list) {
    try {
      return new NodeClient(session.settings().url(), PATIENCE).get(path).objects(list);
    } catch (RuntimeException e) {
      return List.of();
    }
  }
}
