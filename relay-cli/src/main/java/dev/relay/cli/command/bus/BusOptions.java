package dev.relay.cli.command.bus;

import dev.relay.cli.client.NodeClient;
import dev.relay.cli.config.Session;
import dev.relay.cli.option.Arguments;
import dev.relay.cli.option.NodeOptions;
import dev.relay.cli.option.Source;
import java.util.function.Function;

/** Where the bus is reached: at a node, which knows its transport; else where it is configured. */
final class BusOptions {
  private final NodeOptions nodes;

  BusOptions(Arguments arguments) {
    nodes = new NodeOptions(arguments);
  }

  <T> T ask(Session session, Function<BusAccess, T> action) {
    return nodes.askNodeFirst(
        session,
        new Source<T>() {
          @Override
          public T fromNode(NodeClient node) {
            return action.apply(new NodeBus(node));
          }

          @Override
          public T fromDatabase(Session here) {
            return DirectBus.with(here, action);
          }
        });
  }
}
