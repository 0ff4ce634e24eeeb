package dev.relay.cli.client;

import dev.relay.cli.output.JsonObject;
import java.util.List;

/** The catalog as a running node knows it. */
public record NodeCatalog(NodeClient node) implements CatalogReader {
  @Override
  public List<JsonObject> events() {
    return node.get("/api/catalog/events").objects("events");
  }
}
