package dev.relay.cli.option;

import dev.relay.cli.client.NodeClient;
import dev.relay.cli.config.Session;
import dev.relay.cli.config.Setting;

/** Which running node is meant. */
public final class NodeOptions {
  private final Word<String> url;

  public NodeOptions(Arguments arguments) {
    url =
        arguments.option(
            "--url", "URL", "a running node (RELAY_URL; default http://localhost:3000)");
  }

  /** The node, not yet connected to. */
  public NodeClient node(Session session) {
    session.settings().flag(Setting.URL, url.orNull());
    return new NodeClient(session.settings().url());
  }

  /** Whether the user named a node for this command. */
  public boolean named() {
    return url.said();
  }
}
