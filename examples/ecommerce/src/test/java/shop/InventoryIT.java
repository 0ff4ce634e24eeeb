package shop;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.relay.Relay;
import dev.relay.Reply;
import dev.relay.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import shop.inventory.Reservation;
import shop.inventory.Reservation.Status;
import tools.jackson.databind.JsonNode;

/** Two nodes on one Postgres, and more shoppers than pieces. */
class InventoryIT {
  private static EmbeddedPostgres postgres;
  private static Relay one;
  private static Relay two;

  @BeforeAll
  static void open() {
    postgres = EmbeddedPostgres.temporary();
    one = node();
    two = node();
  }

  private static Relay node() {
    return Relay.builder()
        .postgres(postgres.jdbcUrl(), postgres.user(), postgres.password())
        .postgresTransport(true)
        .actors(Path.of("actors"))
        .start();
  }

  @AfterAll
  static void close() {
    two.close();
    one.close();
    postgres.close();
  }

  @Test
  void five_hundred_at_once_want_a_hundred_pieces_and_a_hundred_get_one() {
    stock("vase", 100);

    List<CompletableFuture<Reply>> asks =
        IntStream.range(0, 500)
            .mapToObj(i -> (i % 2 == 0 ? one : two).askAsync("inventory", "RESERVE_STOCK", of(i)))
            .toList();
    List<Status> answers =
        asks.stream().map(ask -> ask.join().as(Reservation.class).status()).toList();

    assertThat(answers).filteredOn(Status.RESERVED::equals).hasSize(100);
    assertThat(answers).filteredOn(Status.INSUFFICIENT::equals).hasSize(400);
    JsonNode vase = product("vase");
    assertThat(vase.at("/reserved").intValue()).isEqualTo(100);
    assertThat(vase.at("/available").intValue()).isZero();
  }

  @Test
  void what_nobody_confirms_comes_back_by_itself() {
    stock("clock", 1);

    one.ask(
        "inventory",
        "RESERVE_STOCK",
        Map.of(
            "productId",
            "clock",
            "orderId",
            "o1",
            "userId",
            "u1",
            "quantity",
            1,
            "holdSeconds",
            1));

    await()
        .atMost(30, SECONDS)
        .untilAsserted(() -> assertThat(product("clock").at("/available").intValue()).isOne());
  }

  private static Map<String, Object> of(int number) {
    return Map.of(
        "productId", "vase", "orderId", "order" + number, "userId", "u" + number, "quantity", 1);
  }

  private static void stock(String product, int pieces) {
    one.tell("inventory", "UPDATE_STOCK", Map.of("productId", product, "stock", pieces));
    await()
        .atMost(30, SECONDS)
        .untilAsserted(
            () -> assertThat(product(product).at("/stock").intValue()).isEqualTo(pieces));
  }

  private static JsonNode product(String product) {
    JsonNode data = two.ask("inventory", "GET_PRODUCT_STOCK", Map.of("productId", product)).data();
    assertThat(data).isNotNull();
    return data;
  }
}
