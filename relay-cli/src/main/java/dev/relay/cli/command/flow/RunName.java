package dev.relay.cli.command.flow;

import dev.relay.cli.client.NodeClient;
import dev.relay.cli.failure.CommandFailure;

/**
 * A run as people name it: {@code checkout/o1}.
 *
 * @param flow the flow's name
 * @param key the run's key, which may have slashes of its own
 */
record RunName(String flow, String key) {
  static RunName of(String text) {
    int slash = text.indexOf('/');
    if (slash < 1 || slash == text.length() - 1) {
      throw CommandFailure.usage("a run is named FLOW/KEY, for example checkout/o1, not " + text)
          .fix("relay flow list shows the runs there are");
    }
    return new RunName(text.substring(0, slash), text.substring(slash + 1));
  }

  String path() {
    return "/api/flows/" + NodeClient.escape(flow) + "/runs/" + NodeClient.escape(key);
  }

  @Override
  public String toString() {
    return flow + "/" + key;
  }
}
