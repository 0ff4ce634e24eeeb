package shop;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.relay.Relay;
import dev.relay.embedded.EmbeddedPostgres;
import dev.relay.message.Json;
import dev.relay.node.SendRequest;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import shop.cart.Basket;
import shop.cart.Cart;
import shop.cart.CartItem;
import tools.jackson.databind.JsonNode;

/** The whole shop on a real Postgres; each test has users and products of its own. */
class ShopIT {
  private static EmbeddedPostgres postgres;
  private static Relay relay;

  @BeforeAll
  static void open() {
    postgres = EmbeddedPostgres.temporary();
    relay =
        Relay.builder()
            .postgres(postgres.jdbcUrl(), postgres.user(), postgres.password())
            .actors(Path.of("actors"))
            .start();
  }

  @AfterAll
  static void close() {
    relay.close();
    postgres.close();
  }

  @Test
  void what_is_added_reaches_inventory_and_analytics() {
    relay.tell("inventory", "UPDATE_STOCK", Map.of("productId", "lamp", "stock", 5));

    relay.ask("cart", "ADD_TO_CART", item("ann", "lamp", 2));

    assertThat(cart("ann").total()).isEqualTo("59.98");
    awaitNumber("inventory", "GET_PRODUCT_STOCK", "lamp", "/addedToCarts", 2);
    awaitNumber("inventory", "GET_PRODUCT_STOCK", "lamp", "/stock", 5);
    awaitPieces(2);
  }

  @Test
  void a_hundred_additions_at_once_lose_nothing_and_count_once() {
    List<CompletableFuture<?>> additions =
        IntStream.range(0, 100)
            .<CompletableFuture<?>>mapToObj(
                i -> relay.askAsync("cart", "ADD_TO_CART", item("bob", "chair", 1)))
            .toList();
    additions.forEach(CompletableFuture::join);

    assertThat(cart("bob").items()).extracting(CartItem::quantity).containsExactly(100);
    awaitNumber("inventory", "GET_PRODUCT_STOCK", "chair", "/addedToCarts", 100);

    // messages of one cart stay in order, so a double of the hundred would have come by then
    relay.ask("cart", "REMOVE_FROM_CART", Map.of("userId", "bob", "productId", "chair"));
    relay.ask("cart", "ADD_TO_CART", item("bob", "chair", 7));
    awaitNumber("inventory", "GET_PRODUCT_STOCK", "chair", "/addedToCarts", 107);
  }

  @Test
  void the_same_request_twice_changes_the_cart_once() {
    SendRequest request =
        SendRequest.to("cart", "ADD_TO_CART", Json.mapper().valueToTree(item("cat", "desk", 3)))
            .withRequestId("cat-wants-a-desk");

    relay.send(request).join();
    relay.send(request).join();

    assertThat(cart("cat").items()).extracting(CartItem::quantity).containsExactly(3);
    awaitNumber("inventory", "GET_PRODUCT_STOCK", "desk", "/addedToCarts", 3);
  }

  private static Map<String, Object> item(String user, String product, int quantity) {
    return Map.of(
        "userId", user,
        "productId", product,
        "name", "A " + product,
        "quantity", quantity,
        "price", new BigDecimal("29.99"));
  }

  private static Basket cart(String user) {
    return relay.ask("cart", "GET_CART", Map.of("userId", user)).as(Cart.class).basket();
  }

  /** All tests together add some; how many is for AnalyticsIT. */
  private static void awaitPieces(int atLeast) {
    await()
        .atMost(30, SECONDS)
        .untilAsserted(
            () ->
                assertThat(
                        relay
                            .ask("analytics", "GET_METRICS", Map.of("days", 2))
                            .data()
                            .at("/numbers/pieces/ITEM_ADDED_TO_CART")
                            .asInt(0))
                    .isGreaterThanOrEqualTo(atLeast));
  }

  private static void awaitNumber(
      String actor, String query, String product, String pointer, int expected) {
    await()
        .atMost(20, SECONDS)
        .untilAsserted(
            () -> assertThat(number(actor, query, product, pointer)).isEqualTo(expected));
  }

  private static int number(String actor, String query, String product, String pointer) {
    JsonNode reply = relay.ask(actor, query, Map.of("productId", product)).data();
    return reply == null ? -1 : reply.at(pointer).intValue();
  }
}
