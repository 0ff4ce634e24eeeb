package shoppers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.relay.message.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ShopTest {
  private static final Duration LONG = Duration.ofMinutes(2);

  private final Queue<Integer> statuses = new ArrayDeque<>();
  private final Queue<JsonNode> requests = new ConcurrentLinkedQueue<>();
  private HttpServer node;

  @BeforeEach
  void open() throws IOException {
    node = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    node.createContext("/", this::answer);
    node.start();
  }

  @AfterEach
  void close() {
    node.stop(0);
  }

  @Test
  void a_request_without_an_answer_is_made_again_with_its_id_until_there_is_one() {
    statuses.addAll(List.of(503, 500, 504, 429, 200));
    Shop shop = new Shop(List.of("http://127.0.0.1:1", url()), LONG);

    Answer answer = shop.send("cart", "CLEAR_CART", Map.of("userId", "u"), "r-1");

    assertThat(answer.accepted()).isTrue();
    assertThat(requests).hasSize(5);
    assertThat(requests)
        .allSatisfy(each -> assertThat(each.path("request_id").asString()).isEqualTo("r-1"));
    assertThat(shop.repeats()).isGreaterThanOrEqualTo(4);
  }

  @Test
  void a_refusal_is_an_answer_and_so_is_a_time_out_that_was_asked_for() {
    statuses.addAll(List.of(422, 504));
    Shop shop = new Shop(List.of(url()), LONG);

    assertThat(shop.send("cart", "CLEAR_CART", Map.of(), "r-1").accepted()).isFalse();
    assertThat(shop.send("cart", "CLEAR_CART", Map.of(), "r-2", Duration.ofSeconds(1)).status())
        .isEqualTo(504);
    assertThat(requests).hasSize(2);
  }

  @Test
  void a_shop_that_stays_silent_is_given_up() {
    Shop shop = new Shop(List.of("http://127.0.0.1:1"), Duration.ofMillis(100));
    assertThatCode(shop::mustBeThere).doesNotThrowAnyException();

    assertThatThrownBy(() -> shop.get("/api/nodes"))
        .isInstanceOf(Unanswered.class)
        .hasMessage("/api/nodes got no answer: nobody takes the connection");
    assertThatThrownBy(shop::mustBeThere).isInstanceOf(Unanswered.class);
  }

  private String url() {
    return "http://127.0.0.1:" + node.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    requests.add(Json.mapper().readTree(exchange.getRequestBody()));
    byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
    Integer status = statuses.poll();
    exchange.sendResponseHeaders(status == null ? 200 : status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
