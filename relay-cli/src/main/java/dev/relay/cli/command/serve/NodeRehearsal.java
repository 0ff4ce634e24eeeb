package dev.relay.cli.command.serve;

import dev.relay.cli.client.NodeClient;
import dev.relay.cli.config.Origin;
import dev.relay.cli.config.Session;
import dev.relay.cli.config.Setting;
import dev.relay.cli.config.Value;
import dev.relay.cli.logging.ConsoleLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Starts a node on a database of the moment, asks it a few things and stops it: for the list of
 * classes that a start needs.
 */
public final class NodeRehearsal {
  private NodeRehearsal() {}

  /** Does nothing that stays. */
  public static void run(Session session) throws IOException {
    ConsoleLog.level(ConsoleLog.WARNINGS);
    Path folder = Files.createTempDirectory("relay-rehearsal");
    session.settings().flag(Setting.DATA, folder.toString());
    session.settings().flag(Setting.PORT, "0");
    try (Node node = Node.start(session)) {
      Banner.print(session, node, System.nanoTime());
      String url = "http://127.0.0.1:" + node.port();
      ask(new NodeClient(new Value(Setting.URL, List.of(url), Origin.FLAG, folder)));
    } finally {
      delete(folder);
    }
  }

  private static void ask(NodeClient node) {
    for (String path : List.of("/api/actors", "/api/catalog/events", "/readyz")) {
      try {
        node.get(path);
      } catch (RuntimeException e) {
        // an answer that isn't JSON has loaded its classes as well
      }
    }
    String payload = "{\"userId\":\"u\",\"productId\":\"p\",\"quantity\":1,\"price\":1}";
    for (String event : List.of("ADD_TO_CART", "GET_CART")) {
      try {
        node.post(
            "/api/actors/cart", "{\"event_type\":\"" + event + "\",\"payload\":" + payload + "}");
      } catch (RuntimeException e) {
        // a refusal has loaded its classes as well, and this project may have no cart
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(NodeRehearsal::deleteOne);
    }
  }

  private static void deleteOne(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
