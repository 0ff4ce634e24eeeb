package dev.relay.bench.contestant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.bench.contestant.HandWrittenCart.AddToCart;
import dev.relay.bench.load.Carts;
import dev.relay.embedded.EmbeddedPostgres;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The yardstick is worth nothing if it is fast because it is wrong. */
class HandWrittenTest {
  private static final int THREADS = 8;
  private static final int ADDS = 25;
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private static final EmbeddedPostgres POSTGRES = EmbeddedPostgres.temporary();
  private static final Database DATABASE =
      new Database(POSTGRES.jdbcUrl(), POSTGRES.user(), POSTGRES.password());

  private static Running running = Running.of(new Door.Http(0), () -> {});

  @BeforeAll
  static void start() throws Exception {
    running = new HandWritten().start(DATABASE, new Carts(1_000));
  }

  @AfterAll
  static void stop() {
    running.close();
    POSTGRES.close();
  }

  @Test
  void concurrent_adds_to_a_new_cart_lose_nothing() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    List<Future<?>> adding = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      adding.add(
          threads.submit(
              () -> {
                for (int add = 0; add < ADDS; add++) {
                  assertThat(post(body("hot", "1")).statusCode()).isEqualTo(200);
                }
                return null;
              }));
    }
    for (Future<?> one : adding) {
      one.get();
    }
    threads.shutdown();
    JsonNode cart = JsonMapper.shared().readTree(post(body("hot", "1")).body()).get("data");
    assertThat(cart.get("items")).hasSize(1);
    assertThat(cart.get("items").get(0).get("quantity").asInt()).isEqualTo(THREADS * ADDS + 1);
  }

  @Test
  void what_breaks_the_rules_is_refused() throws Exception {
    assertThat(post("{").statusCode()).isEqualTo(400);
    assertThat(post("{\"event_type\":\"ADD_TO_CART\"}").statusCode()).isEqualTo(422);
    HttpResponse<String> tooMany = post(body("other", "101"));
    assertThat(tooMany.statusCode()).isEqualTo(422);
    assertThat(tooMany.body()).contains("quantity must be 1 to 100");
  }

  @Test
  void the_same_product_is_merged_and_the_total_is_exact() {
    AddToCart add = new AddToCart("u", "p", 2, new BigDecimal("29.99"), "n");
    HandWrittenCart cart = HandWrittenCart.EMPTY.with(add).with(add);
    assertThat(cart.items()).hasSize(1);
    assertThat(cart.total()).isEqualByComparingTo("119.96");
  }

  private static String body(String user, String quantity) {
    return """
    {"event_type":"ADD_TO_CART","payload":{"userId":"%s","productId":"p","quantity":%s,\
    "price":29.99,"name":"Example"}}"""
        .formatted(user, quantity);
  }

  private static HttpResponse<String> post(String body) throws Exception {
    String host = InetAddress.getLoopbackAddress().getHostAddress();
    int port = ((Door.Http) running.door()).port();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + host + ":" + port + "/api/actors/cart"))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
  }
}
