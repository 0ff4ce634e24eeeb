package dev.relay.cli.option;

import dev.relay.cli.client.CatalogReader;
import dev.relay.cli.client.NodeCatalog;
import dev.relay.cli.config.Session;

/** Where the catalog is. */
public final class CatalogOptions {
  private final NodeOptions nodes;

  public CatalogOptions(Arguments arguments) {
    nodes = new NodeOptions(arguments);
  }

  /** Reads the catalog. */
  public CatalogReader reader(Session session) {
    return new NodeCatalog(nodes.node(session));
  }
}
