package shoppers;

import dev.relay.cli.client.NodeClient;
import dev.relay.cli.config.Session;
import dev.relay.cli.config.Setting;
import dev.relay.cli.config.Value;
import dev.relay.cli.option.Arguments;
import dev.relay.cli.option.Word;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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
   * Addresses without a slash at the end, each checked; that a node answers at one of them, too.
   */
  List<String> reachable(Session session) {
    session.settings().flag(Setting.URL, url.orNull());
    Value said = session.settings().url();
    List<NodeClient> nodes = new ArrayList<>();
    for (String each : said.text().split(",")) {
      nodes.add(new NodeClient(one(said, each.strip())));
    }
    nodes.get(0).get("/api/actors/cart");
    return nodes.stream().map(NodeClient::base).toList();
  }

  private static Value one(Value said, String url) {
    return new Value(Setting.URL, Arrays.asList(url), said.origin(), said.base());
  }
}
