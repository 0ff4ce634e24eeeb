package dev.relay.cli.option;

import dev.relay.cli.client.NodeClient;
import dev.relay.cli.config.Session;
import dev.relay.cli.config.Setting;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which running node is meant. */
public final class NodeOptions {
  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "a running node (RELAY_URL; default http://localhost:3000)")
  private @Nullable String url;

  /** The node, not yet connected to. */
  public NodeClient node(Session session) {
    session.settings().flag(Setting.URL, url);
    return new NodeClient(session.settings().url());
  }

  /** Whether the user named a node for this command. */
  public boolean named() {
    return url != null;
  }
}
