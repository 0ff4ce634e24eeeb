package dev.relay.cli.client;

import dev.relay.cli.output.JsonObject;
import java.util.List;

/** Where the catalog is read: a running node, or the database itself. */
public interface CatalogReader {
  /** All events by name, in the form of {@code GET /api/catalog/events}. */
  List<JsonObject> events();
}
