package dev.relay.cli.option;

import dev.relay.cli.client.NodeClient;
import dev.relay.cli.config.Session;
import dev.relay.cli.database.DatabaseCatalog;
import dev.relay.cli.output.JsonObject;
import java.util.List;

/** Where the catalog is read. */
public final class CatalogOptions {
  private final NodeOptions nodes;

  public CatalogOptions(Arguments arguments) {
    nodes = new NodeOptions(arguments);
  }

  /** All events by name, in the form of {@code GET /api/catalog/events}. */
  public List<JsonObject> events(Session session) {
    return nodes.ask(
        session,
        new Source<List<JsonObject>>() {
          @Override
          public List<JsonObject> fromNode(NodeClient node) {
            return node.get("/api/catalog/events").objects("events");
          }

          @Override
          public List<JsonObject> fromDatabase(Session here) {
            return DatabaseCatalog.events(here);
          }
        });
  }
}
