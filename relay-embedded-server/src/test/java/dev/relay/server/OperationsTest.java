package dev.relay.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.relay.failure.ErrorCode;
import dev.relay.server.Caller.Reply;
import dev.relay.server.RunningNode.Node;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(RunningNode.class)
@Timeout(60)
class OperationsTest {
  private Node node;
  private Caller caller;

  @BeforeEach
  void call(Node running) {
    node = running;
    caller = running.caller();
  }

  @Test
  void a_node_that_runs_is_alive_and_ready() {
    assertThat(caller.get("/healthz").text("status")).isEqualTo("up");
    assertThat(caller.get("/readyz").text("status")).isEqualTo("ready");
  }

  @Test
  void metrics_are_prometheus_text() {
    caller.get("/healthz");

    Reply reply = caller.get("/metrics");

    assertThat(reply.header("Content-Type")).startsWith("text/plain; version=0.0.4");
    assertThat(reply.raw().body())
        .contains("relay_http_requests_seconds_count{", "route=\"/healthz\"", "relay_http_streams");
  }

  @Test
  void the_index_lists_the_paths() {
    assertThat(caller.get("/").json().path("endpoints").toString())
        .contains("POST /api/actors/{actor}", "GET /api/events/stream", "GET /metrics");
  }

  @ParameterizedTest
  @EnumSource(ErrorCode.class)
  void every_error_has_its_page(ErrorCode code) {
    Reply reply = caller.get("/errors/" + code.code());

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text("title")).isEqualTo(code.title());
  }

  @Test
  void a_port_that_is_taken_is_one_sentence_with_the_way_out() {
    int taken = node.server().port();

    assertThatThrownBy(() -> RelayServer.builder().relay(node.relay()).port(taken).start())
        .isInstanceOf(ServerStartException.class)
        .hasMessageContaining("port " + taken)
        .hasMessageContaining("taken")
        .hasMessageContaining("--port");
  }

  @Test
  void a_host_that_isnt_there_is_one_sentence_too() {
    assertThatThrownBy(
            () -> RelayServer.builder().relay(node.relay()).host("192.0.2.1").port(0).start())
        .isInstanceOf(ServerStartException.class)
        .hasMessageContaining("--host");
    assertThatThrownBy(
            () -> RelayServer.builder().relay(node.relay()).host("no.such.invalid").port(0).start())
        .isInstanceOf(ServerStartException.class)
        .hasMessageContaining("--host");
  }

  @Test
  void closing_finishes_what_was_accepted() {
    RelayServer other = RelayServer.builder().relay(node.relay()).port(0).start();
    Caller there = new Caller(other.port());
    CompletableFuture<Reply> asked =
        there.postLater(
            "/api/actors/sleeper",
            "{\"event_type\": \"SLEEP\", \"payload\": {\"name\": \"close\"}}");
    await()
        .untilAsserted(
            () -> assertThat(there.get("/metrics").raw().body()).contains("relay_http_active 2.0"));

    CompletableFuture<Void> closing = CompletableFuture.runAsync(other::close);
    await().untilAsserted(() -> assertThat(there.get("/readyz").status()).isEqualTo(503));
    Reply refused = there.post("/api/actors/tally", "{}");
    SleeperActor.WAKE_UPS.release();

    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.header("Retry-After")).isNotEmpty();
    assertThat(asked.join().status()).isEqualTo(200);
    assertThat(closing).succeedsWithin(java.time.Duration.ofSeconds(20));
  }
}
