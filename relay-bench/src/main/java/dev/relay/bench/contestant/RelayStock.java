package dev.relay.bench.contestant;

import dev.relay.Relay;
import dev.relay.bench.load.AsyncLoad;
import dev.relay.bench.load.Carts;
import dev.relay.message.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Relay with one small actor, called in process: orders that reserve stock, of many products or all
 * of the same one. The second shows what a hot key costs.
 */
final class RelayStock implements Contestant {
  private static final long SEED = 20_261_123;

  private final String name;
  private final boolean hot;
  private final AtomicLong orders = new AtomicLong();

  private RelayStock(String name, boolean hot) {
    this.name = name;
    this.hot = hot;
  }

  /** Every order takes of another product, out of as many as there are carts. */
  static RelayStock spread() {
    return new RelayStock("relay-spread", false);
  }

  /** Every order takes of the same product. */
  static RelayStock hot() {
    return new RelayStock("relay-hot", true);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String title() {
    return "Relay: durable RESERVE_STOCK in process, " + (hot ? "one product" : "many products");
  }

  @Override
  public List<Integer> clients(List<Integer> asked) {
    return List.of(256);
  }

  @Override
  public Running start(Database database, Carts carts) throws IOException {
    Relay relay =
        Relay.builder()
            .postgres(database.jdbcUrl(), database.user(), database.password())
            .actors(definitions())
            .start();
    SplittableRandom random = new SplittableRandom(SEED);
    return Running.of(
        new Door.InProcess(new AsyncLoad(() -> reserve(relay, product(random, carts.count())))),
        relay::close);
  }

  @Override
  public Optional<String> writtenQuery() {
    return Optional.of("SELECT count(*) FROM relay.journal WHERE actor = 'stock'");
  }

  private int product(SplittableRandom random, int products) {
    if (hot) {
      return 0;
    }
    synchronized (random) {
      return random.nextInt(products);
    }
  }

  private CompletableFuture<?> reserve(Relay relay, int product) {
    return relay.askAsync(
        "stock",
        "RESERVE_STOCK",
        Json.mapper()
            .createObjectNode()
            .put("productId", "prod" + product)
            .put("orderId", "order" + orders.incrementAndGet())
            .put("quantity", 1));
  }

  /** A folder of its own for the definition, as Relay reads files. */
  private static Path definitions() throws IOException {
    Path actors = Files.createTempDirectory("relay-bench-actors");
    Path actor = Files.createDirectory(actors.resolve("stock"));
    try (InputStream yaml =
        Objects.requireNonNull(RelayStock.class.getResourceAsStream("stock.yaml"), "stock.yaml")) {
      Files.copy(yaml, actor.resolve("actor.yaml"));
    }
    return actors;
  }
}
