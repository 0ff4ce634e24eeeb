package dev.relay.cli.option;

import dev.relay.cli.client.CatalogReader;
import dev.relay.cli.client.NodeCatalog;
import dev.relay.cli.config.Session;
import picocli.CommandLine.Mixin;

/** Where the catalog is. */
public final class CatalogOptions {
  @Mixin private NodeOptions nodes = new NodeOptions();

  /** Reads the catalog. */
  public CatalogReader reader(Session session) {
    return new NodeCatalog(nodes.node(session));
  }
}
