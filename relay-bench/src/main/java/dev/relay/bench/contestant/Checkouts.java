package dev.relay.bench.contestant;

import dev.relay.Relay;
import dev.relay.bench.load.AsyncLoad;
import dev.relay.bench.load.Carts;
import dev.relay.bench.load.Since;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * The whole example shop, in process: each call puts two products into the cart of a registered
 * user, and checks it out. What is counted and timed is the checkout, from its start to the order
 * that is paid; filling the cart is part of the load on the machine, as is all that follows from an
 * order: invoice, parcel, mails, counting.
 */
final class Checkouts implements Contestant {
  private static final Path ACTORS =
      Path.of(System.getProperty("bench.actors", "examples/ecommerce/actors"));

  /** Enough that they meet at one product now and then, as shoppers do. */
  private static final int PRODUCTS = 500;

  private static final int STOCK = 1_000_000_000;

  /** Each shops when all others have, so that carts of the last round are long through. */
  private static final int USERS = 1_000;

  private static final int AT_ONCE = 50;

  private final AtomicLong visits = new AtomicLong();

  @Override
  public String name() {
    return "shop";
  }

  @Override
  public String title() {
    return "Relay: the shop's checkout end to end, all actors and flows on one node";
  }

  @Override
  public List<Integer> clients(List<Integer> asked) {
    return asked;
  }

  @Override
  public Running start(Database database, Carts carts) {
    if (!Files.isDirectory(ACTORS)) {
      throw new IllegalStateException(
          "no definitions in " + ACTORS.toAbsolutePath() + "; start me with relay-bench/run");
    }
    Relay relay =
        Relay.builder()
            .postgres(database.jdbcUrl(), database.user(), database.password())
            .actors(ACTORS)
            .flows(ACTORS.resolveSibling("flows"))
            .start();
    for (int product = 0; product < PRODUCTS; product++) {
      relay.tell("inventory", "UPDATE_STOCK", Map.of("productId", id(product), "stock", STOCK));
    }
    Queue<String> users = new ConcurrentLinkedQueue<>();
    for (int first = 0; first < USERS; first += AT_ONCE) {
      IntStream.range(first, first + AT_ONCE)
          .mapToObj(number -> register(relay, number))
          .toList()
          .forEach(user -> users.add(user.join()));
    }
    return Running.of(
        new Door.InProcess(new AsyncLoad(() -> checkOut(relay, users))), relay::close);
  }

  private static CompletableFuture<String> register(Relay relay, int number) {
    String email = "user" + number + "@example.com";
    return relay
        .askAsync("user", "REGISTER_USER", Map.of("email", email, "name", "User " + number))
        .thenCompose(
            reply -> {
              String user = reply.as(JsonNode.class).path("userId").asString("");
              Map<String, Object> admission =
                  Map.of(
                      "userId",
                      user,
                      "email",
                      email,
                      "name",
                      "User " + number,
                      "marketing",
                      false,
                      "sessionId",
                      UUID.randomUUID(),
                      "right",
                      true);
              return relay.askAsync("user", "ADMIT_USER", admission).thenApply(admitted -> user);
            });
  }

  private CompletableFuture<Since> checkOut(Relay relay, Queue<String> users) {
    long number = visits.incrementAndGet();
    String user = users.remove();
    return add(relay, user, (int) (number % PRODUCTS))
        .thenCompose(first -> add(relay, user, (int) (number * 7 % PRODUCTS)))
        .thenCompose(
            second -> {
              Since begun = new Since(System.nanoTime());
              return relay
                  .askAsync("flow-checkout", "START_CHECKOUT", Map.of("userId", user))
                  .thenApply(order -> begun);
            })
        .whenComplete((begun, failure) -> users.add(user));
  }

  private static CompletableFuture<?> add(Relay relay, String user, int product) {
    return relay.askAsync(
        "cart",
        "ADD_TO_CART",
        Map.of(
            "userId",
            user,
            "productId",
            id(product),
            "name",
            "Product " + product,
            "quantity",
            1,
            "price",
            new BigDecimal("29.99")));
  }

  private static String id(int product) {
    return "prod" + product;
  }

  @Override
  public Optional<String> writtenQuery() {
    return Optional.of(
        "SELECT count(*) FROM relay.actor_state"
            + " WHERE actor = 'order' AND state ->> 'status' = 'confirmed'");
  }

  @Override
  public Optional<String> backlogQuery() {
    return Optional.of(
        "SELECT count(*) FROM relay.deliveries WHERE status IN ('ready', 'retrying')");
  }
}
