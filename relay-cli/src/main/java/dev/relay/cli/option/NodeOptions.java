package dev.relay.cli.option;

import dev.relay.cli.client.NodeClient;
import dev.relay.cli.config.Session;
import dev.relay.cli.config.Setting;
import dev.relay.cli.database.Database;
import dev.relay.cli.failure.CommandFailure;
import dev.relay.cli.failure.ExitCode;

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

  /**
   * Asks where the answer is: one's own Postgres if one is configured and no {@code --url} is
   * given; else the node; else, where nobody named a node and none runs, the project's database.
   */
  public <T> T ask(Session session, Source<T> source) {
    if (!url.said() && session.settings().ownPostgres()) {
      return source.fromDatabase(session);
    }
    return askNodeFirst(session, source);
  }

  /**
   * As {@link #ask}, where a node knows more than Postgres: the node, though a Postgres of one's
   * own is configured; else, where nobody named a node and none runs, what is configured.
   */
  public <T> T askNodeFirst(Session session, Source<T> source) {
    NodeClient node = node(session);
    try {
      return source.fromNode(node);
    } catch (CommandFailure e) {
      boolean meant = session.settings().nodeNamed();
      if (meant || e.exitCode() != ExitCode.UNREACHABLE || !Database.exists(session)) {
        throw e;
      }
      String instead = session.settings().ownPostgres() ? "the configured" : "the project's";
      session
          .terminal()
          .err()
          .println("no node at " + node.base() + ", so " + instead + " database answers");
      return source.fromDatabase(session);
    }
  }
}
