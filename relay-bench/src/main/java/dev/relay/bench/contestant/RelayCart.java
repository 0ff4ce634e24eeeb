package dev.relay.bench.contestant;

import dev.relay.Relay;
import dev.relay.RelayBuilder;
import dev.relay.bench.load.AsyncLoad;
import dev.relay.bench.load.CartChoice;
import dev.relay.bench.load.Carts;
import dev.relay.message.Json;
import dev.relay.node.NodeOptions;
import dev.relay.server.RelayServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import shop.analytics.AnalyticsActor;
import tools.jackson.databind.JsonNode;

/**
 * Relay with the e-commerce example's cart, the very one that {@code relay serve} runs: each
 * ADD_TO_CART is checked against its schema and writes state, journal row and two deliveries.
 */
final class RelayCart implements Contestant {
  /** Where the example's definitions are, handed over by {@code relay-bench/run}. */
  private static final Path ACTORS =
      Path.of(System.getProperty("bench.actors", "examples/ecommerce/actors"));

  private final String name;
  private final boolean http;
  private final List<String> hosted;

  private RelayCart(String name, boolean http, List<String> hosted) {
    this.name = name;
    this.http = http;
    this.hosted = hosted;
  }

  /** Over HTTP; the deliveries are written and their consumers are not hosted. */
  static RelayCart overHttp() {
    return new RelayCart("relay-http", true, List.of("cart"));
  }

  /** Over HTTP, with both consumers at work on the same cores. */
  static RelayCart withConsumers() {
    return new RelayCart("relay-consumers", true, List.of("cart", "inventory", "analytics"));
  }

  /** Through the library, inside the node's process. */
  static RelayCart inProcess() {
    return new RelayCart("relay-library", false, List.of("cart"));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String title() {
    return "Relay: durable ADD_TO_CART %s, hosting %s"
        .formatted(http ? "over HTTP" : "in process", String.join(", ", hosted));
  }

  @Override
  public List<Integer> clients(List<Integer> asked) {
    return http ? asked : List.of(256);
  }

  @Override
  public Running start(Database database, Carts carts) {
    if (!Files.isDirectory(ACTORS)) {
      throw new IllegalStateException(
          "no definitions in " + ACTORS.toAbsolutePath() + "; start me with relay-bench/run");
    }
    Relay relay = builder(database).start();
    if (!http) {
      return Running.of(new Door.InProcess(load(relay, carts)), relay::close);
    }
    RelayServer server = RelayServer.builder().relay(relay).port(0).start();
    return Running.of(
        new Door.Http(server.port()),
        () -> {
          server.close();
          relay.close();
        });
  }

  @Override
  public Optional<String> writtenQuery() {
    return Optional.of("SELECT count(*) FROM relay.journal WHERE actor = 'cart'");
  }

  @Override
  public Optional<String> backlogQuery() {
    return hosted.size() > 1
        ? Optional.of("SELECT count(*) FROM relay.deliveries WHERE status IN ('ready', 'retrying')")
        : Optional.empty();
  }

  private RelayBuilder builder(Database database) {
    return Relay.builder()
        .postgres(database.jdbcUrl(), database.user(), database.password())
        .actors(ACTORS)
        .actor(AnalyticsActor.countingOnly())
        .host(hosted.toArray(new String[0]))
        .options(options());
  }

  /**
   * The defaults, but for what {@code --node-options} asks for, to find out what they should be.
   */
  private static NodeOptions options() {
    NodeOptions defaults = NodeOptions.DEFAULT;
    return new NodeOptions(
        Integer.getInteger("bench.lanes", defaults.lanes()),
        defaults.maxWaiting(),
        Integer.getInteger("bench.group", defaults.maxGroup()),
        defaults.maxDeliveries(),
        defaults.cachedStateBytes(),
        defaults.drain());
  }

  private static AsyncLoad load(Relay relay, Carts carts) {
    CartChoice choice = new CartChoice(carts);
    return new AsyncLoad(() -> add(relay, carts, choice));
  }

  private static CompletableFuture<?> add(Relay relay, Carts carts, CartChoice choice) {
    int next;
    synchronized (choice) {
      next = choice.next();
    }
    JsonNode request =
        Json.mapper().readTree(carts.addToCart(next % carts.count(), next / carts.count()));
    return relay.askAsync("cart", "ADD_TO_CART", request.required("payload"));
  }
}
