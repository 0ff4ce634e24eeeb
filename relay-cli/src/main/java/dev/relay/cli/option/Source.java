package dev.relay.cli.option;

import dev.relay.cli.client.NodeClient;
import dev.relay.cli.config.Session;

/** Something that a running node answers and the database holds. */
public interface Source<T> {
  T fromNode(NodeClient node);

  T fromDatabase(Session session);
}
