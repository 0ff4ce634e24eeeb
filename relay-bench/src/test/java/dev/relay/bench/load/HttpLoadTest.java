package dev.relay.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class HttpLoadTest {
  private static final Duration SHORT = Duration.ofMillis(300);

  private final Carts carts = new Carts(1_000);

  @Test
  void every_request_is_answered_once_and_counted() throws IOException {
    Queue<String> bodies = new ConcurrentLinkedQueue<>();
    try (Served served =
        Served.by(
            exchange ->
                exchange
                    .getRequestReceiver()
                    .receiveFullString(
                        (reading, body) -> {
                          bodies.add(body);
                          reading.getResponseSender().send("{\"success\":true}");
                        }))) {
      Measurement measured = new HttpLoad(served.port(), carts).run(8, SHORT);
      assertThat(measured.errors()).isZero();
      assertThat(measured.accepted()).isEqualTo(bodies.size()).isPositive();
      assertThat(bodies).contains(carts.addToCart(0, 0), carts.addToCart(7, 0));
      assertThat(bodies).allSatisfy(body -> JsonMapper.shared().readTree(body));
    }
  }

  @Test
  void an_answer_that_is_no_success_is_an_error_with_its_words() throws IOException {
    try (Served served =
        Served.by(
            exchange -> {
              exchange.setStatusCode(StatusCodes.SERVICE_UNAVAILABLE);
              exchange.getResponseSender().send("too busy");
            })) {
      Measurement measured = new HttpLoad(served.port(), carts).run(2, SHORT);
      assertThat(measured.accepted()).isZero();
      assertThat(measured.errors()).isPositive();
      assertThat(measured.firstError()).isEqualTo("HTTP 503 too busy");
    }
  }

  @Test
  void a_dropped_connection_costs_an_error_and_the_load_goes_on() throws IOException {
    AtomicInteger requests = new AtomicInteger();
    try (Served served =
        Served.by(
            exchange -> {
              if (requests.incrementAndGet() % 10 == 1) {
                exchange.getConnection().close();
              } else {
                exchange.getResponseSender().send("{}");
              }
            })) {
      Measurement measured = new HttpLoad(served.port(), carts).run(4, SHORT);
      assertThat(measured.errors()).isEqualTo((requests.get() + 9) / 10);
      assertThat(measured.accepted()).isEqualTo(requests.get() - measured.errors());
    }
  }

  @Test
  void a_server_that_is_not_there_ends_the_phase() throws IOException {
    int port;
    try (Served served = Served.by(exchange -> {})) {
      port = served.port();
    }
    assertThatThrownBy(() -> new HttpLoad(port, carts).run(1, SHORT))
        .isInstanceOf(IOException.class);
  }

  private record Served(Undertow server) implements AutoCloseable {
    static Served by(HttpHandler handler) {
      Undertow server =
          Undertow.builder().addHttpListener(0, "127.0.0.1").setHandler(handler).build();
      server.start();
      return new Served(server);
    }

    int port() {
      return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
    }

    @Override
    public void close() {
      server.stop();
    }
  }
}
