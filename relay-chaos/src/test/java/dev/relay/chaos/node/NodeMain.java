package dev.relay.chaos.node;

import dev.relay.Relay;
import dev.relay.RelayBuilder;
import dev.relay.failure.RelayException;
import dev.relay.message.Json;
import dev.relay.node.NodeOptions;
import dev.relay.server.RelayServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node with its HTTP surface. Says {@code ready PORT} when it takes requests; answers {@code
 * heap} with the bytes in use after a collection; ends at SIGTERM as a node should, and when its
 * standard input ends, because then the test is gone.
 */
public final class NodeMain {
  private static final Logger log = LoggerFactory.getLogger(NodeMain.class);

  private static final int MOST_WAITING = 64;

  private NodeMain() {}

  public static void main(String[] args) throws IOException {
    PrintStream out = System.out;
    System.setOut(System.err);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    NodeSettings settings = Json.mapper().readValue(in.readLine(), NodeSettings.class);
    Relay relay = start(settings);
    RelayServer server =
        RelayServer.builder().relay(relay).port(0).drainTimeout(Duration.ofSeconds(10)).start();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  server.close();
                  relay.close();
                }));
    out.println("ready " + server.port());
    for (String order = in.readLine(); order != null; order = in.readLine()) {
      out.println(order.equals("heap") ? "heap " + heap() : "unknown " + order);
    }
    Runtime.getRuntime().halt(0);
  }

  /** Like a service manager would: again, until the database is there. */
  private static Relay start(NodeSettings settings) {
    while (true) {
      try {
        RelayBuilder builder =
            Relay.builder()
                .postgres(
                    settings.urlOf(ProcessHandle.current().pid()),
                    settings.user(),
                    settings.password())
                .options(room())
                .actors(Path.of(settings.actors()));
        return Transports.choose(builder, settings).start();
      } catch (RelayException failure) {
        log.warn("could not start, trying again: {}", failure.getMessage());
        LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
      }
    }
  }

  /** As every node, with room for few requests, so that a crowd doesn't fit. */
  private static NodeOptions room() {
    NodeOptions usual = NodeOptions.DEFAULT;
    return new NodeOptions(
        usual.lanes(),
        MOST_WAITING,
        usual.maxGroup(),
        usual.maxDeliveries(),
        usual.cachedStateBytes(),
        usual.drain());
  }

  private static long heap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
