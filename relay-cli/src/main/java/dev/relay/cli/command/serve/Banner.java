package dev.relay.cli.command.serve;

import dev.relay.Relay;
import dev.relay.catalog.Catalog;
import dev.relay.catalog.CatalogEvent;
import dev.relay.catalog.Consumer;
import dev.relay.catalog.EventKind;
import dev.relay.catalog.Pattern;
import dev.relay.cli.command.catalog.ExamplePayload;
import dev.relay.cli.config.Session;
import dev.relay.cli.config.Setting;
import dev.relay.cli.config.Value;
import dev.relay.cli.database.Database;
import dev.relay.cli.output.JsonText;
import dev.relay.cli.output.Style;
import dev.relay.node.HostedActor;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What {@code relay serve} says once it is ready: a few aligned lines, then quiet. */
final class Banner {
  /** For so long a transport that isn't connected is waited for: chosen; then it is said so. */
  private static final Duration CONNECTING = Duration.ofSeconds(1);

  private final Session session;
  private final Node node;
  private final Style style;
  private final PrintStream err;

  private Banner(Session session, Node node) {
    this.session = session;
    this.node = node;
    this.err = session.terminal().err();
    this.style = Style.of("auto", session.environment(), session.terminal().errIsTerminal());
  }

  static void print(Session session, Node node, long start) {
    new Banner(session, node).print(start);
  }

  private void print(long start) {
    String server = "http://" + host() + ":" + node.port();
    Relay relay = node.relay();
    err.println(style.bold("Relay " + dev.relay.cli.config.Version.text()));
    line("Server", server);
    line("Metrics", server + "/metrics");
    line(
        "Catalog",
        "postgres " + node.database().place() + kept() + "   " + counts(relay.catalog()));
    awaitTransport(relay);
    line("Transport", relay.transport().map(Banner::transport).orElse("none, this node is alone"));
    RedisNode redis = node.redis();
    if (redis != null) {
      line("Events", redis.events());
    }
    line("Actors", names(relay.actors()));
    double seconds = (System.nanoTime() - start) / 1e9;
    String took = String.format(Locale.ROOT, "%.1f s", seconds);
    err.println(style.green("Ready in " + took + ".") + " Ctrl-C stops." + tryThis(relay));
  }

  private void line(String title, String text) {
    err.println("  " + style.bold(title) + " ".repeat(11 - title.length()) + text);
  }

  private String host() {
    String host = session.settings().value(Setting.HOST).text();
    boolean here = List.of("127.0.0.1", "0.0.0.0", "::1", "::", "localhost").contains(host);
    return here ? "localhost" : host.indexOf(':') < 0 ? host : "[" + host + "]";
  }

  private String kept() {
    return node.database().embedded() ? " (kept in " + Database.folder(session) + ")" : "";
  }

  private static String counts(Catalog catalog) {
    return "version "
        + catalog.version()
        + ", "
        + count(catalog.events().size(), "event")
        + ", "
        + count(catalog.actors().size(), "actor");
  }

  private static String count(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  /** A transport connects while the node starts, and is ready a moment after it. */
  private static void awaitTransport(Relay relay) {
    long end = System.nanoTime() + CONNECTING.toNanos();
    try {
      while (!isConnected(relay) && System.nanoTime() - end < 0) {
        TimeUnit.MILLISECONDS.sleep(10);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean isConnected(Relay relay) {
    return relay.transport().map(transport -> transport.health().reachable()).orElse(true);
  }

  private static String transport(Relay.TransportStatus transport) {
    if (transport.health().reachable()) {
      return transport.name();
    }
    String detail = transport.health().detail();
    return detail.startsWith(transport.name()) ? detail : transport.name() + " (" + detail + ")";
  }

  private String names(List<HostedActor> actors) {
    if (actors.isEmpty()) {
      Value configured = session.settings().value(Setting.ACTORS);
      return configured.items().isEmpty()
          ? "none: relay serve FOLDER, or actors: in relay.yaml"
          : "none";
    }
    return String.join(" ", actors.stream().map(HostedActor::name).toList());
  }

  /** A command to begin with: the one the launcher of an example names, or else the first. */
  private String tryThis(Relay relay) {
    String preferred = System.getProperty("relay.try", "");
    String first = "";
    for (CatalogEvent event : relay.catalog().events()) {
      String actor = answering(event, relay);
      if (actor != null && (first.isEmpty() || event.name().equals(preferred))) {
        first = "\nTry: " + command(actor, event);
      }
    }
    return first;
  }

  /** The actor here that answers a command at once. */
  private static @Nullable String answering(CatalogEvent event, Relay relay) {
    if (event.definition().kind() != EventKind.COMMAND) {
      return null;
    }
    for (Consumer consumer : event.definition().consumers()) {
      boolean hosted =
          relay.actors().stream().anyMatch(actor -> actor.name().equals(consumer.actor()));
      if (hosted && consumer.pattern() == Pattern.ASK) {
        return consumer.actor();
      }
    }
    return null;
  }

  private String command(String actor, CatalogEvent event) {
    String schema = event.definition().payloadSchema().toString();
    String payload = JsonText.line(ExamplePayload.required(JsonText.object(schema)).value());
    boolean usual = node.port() == 3000;
    String url = usual ? "" : " --url http://" + host() + ":" + node.port();
    String self = System.getProperty("relay.self", "relay");
    return self + " send " + actor + " " + event.name() + url + " --json '" + payload + "'";
  }
}
