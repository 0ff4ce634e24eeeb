package shoppers;

import dev.relay.cli.client.NodeClient;
import dev.relay.cli.config.Session;
import dev.relay.cli.config.Setting;
import dev.relay.cli.config.Value;
import dev.relay.cli.failure.CommandFailure;
import dev.relay.cli.failure.ExitCode;
import dev.relay.cli.option.Arguments;
import dev.relay.cli.option.Word;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Which nodes of the shop are meant: one, or several separated by commas. */
final class Addresses {
  private final Word<String> url;

  Addresses(Arguments arguments) {
    url =
        arguments.option(
            "--url",
            "URL[,URL…]",
            "running nodes of the shop (RELAY_URL; default http://localhost:3000)");
  }

  /**
   * Addresses without a slash at the end, each checked. Where one of several nodes is away this is
   * said, as it may come back; where all are, it is a failure.
   */
  List<String> reachable(Session session) {
    session.settings().flag(Setting.URL, url.orNull());
    Value said = session.settings().url();
    List<NodeClient> nodes = new ArrayList<>();
    for (String each : said.text().split(",")) {
      nodes.add(new NodeClient(one(said, each.strip())));
    }
    List<CommandFailure> away = new ArrayList<>();
    for (NodeClient node : nodes) {
      answering(node).ifPresent(away::add);
    }
    if (away.size() == nodes.size()) {
      throw away.get(0);
    }
    away.forEach(
        each -> session.terminal().err().println("warning: " + each.getMessage() + "; goes on"));
    return nodes.stream().map(NodeClient::base).toList();
  }

  /** Why there is nobody; a node that answers but is no shop's ends the verb. */
  private static Optional<CommandFailure> answering(NodeClient node) {
    try {
      node.get("/api/actors/cart");
      return Optional.empty();
    } catch (CommandFailure e) {
      if (e.exitCode() == ExitCode.UNREACHABLE) {
        return Optional.of(e);
      }
      throw e;
    }
  }

  private static Value one(Value said, String url) {
    return new Value(Setting.URL, Arrays.asList(url), said.origin(), said.base());
  }
}
