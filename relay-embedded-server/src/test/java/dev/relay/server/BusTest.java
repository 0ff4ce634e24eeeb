package dev.relay.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.server.RunningNode.Node;
import dev.relay.transport.Carrier;
import dev.relay.transport.CarrierException;
import dev.relay.transport.CarrierReport;
import dev.relay.transport.Health;
import dev.relay.transport.Rebuilt;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** The bus over HTTP; a carrier stands in that says what the test needs. */
@ExtendWith(RunningNode.class)
@Timeout(60)
class BusTest {
  private @Nullable Boolean anew;
  private boolean broken;

  @Test
  void a_node_that_is_alone_says_so_and_has_nothing_to_rebuild(Node node) {
    JsonNode bus = node.caller().get("/api/bus").json();

    assertThat(bus.path("transport").path("name").asString()).isEqualTo("none");
    assertThat(bus.has("streams")).isFalse();
    assertThat(bus.path("actors").isArray()).isTrue();
    JsonNode done = node.caller().post("/api/bus/rebuild", "{}").json();
    assertThat(done.path("changed").asBoolean(true)).isFalse();
  }

  @Test
  void what_the_carrier_holds_is_shown(Node node) {
    try (RelayServer server = server(node)) {
      JsonNode bus = new Caller(server.port()).get("/api/bus").json();

      assertThat(bus.path("transport").path("detail").asString()).isEqualTo("redis here:1");
      assertThat(bus.path("memory").path("policy").asString()).isEqualTo("allkeys-lru");
      assertThat(bus.path("warnings").get(0).asString()).isEqualTo("change it");
      assertThat(bus.path("streams").get(0).path("length").asInt()).isEqualTo(3);
      JsonNode window = bus.path("window");
      assertThat(window.path("behind").asInt()).isEqualTo(2);
      assertThat(window.path("oldest_at").asString()).isEqualTo("2026-01-01T00:00:00Z");
      assertThat(window.path("groups").get(0).path("pending").asInt()).isEqualTo(5);
    }
  }

  @Test
  void a_rebuild_does_what_it_is_told_and_says_what_it_did(Node node) {
    try (RelayServer server = server(node)) {
      Caller caller = new Caller(server.port());

      JsonNode done = caller.post("/api/bus/rebuild", "{\"anew\": true}").json();

      assertThat(anew).isTrue();
      assertThat(done.path("changed").asBoolean()).isTrue();
      assertThat(done.path("done").get(0).asString()).isEqualTo("filled");
      caller.post("/api/bus/rebuild", "{}");
      assertThat(anew).isFalse();
    }
  }

  @Test
  void what_is_not_understood_changes_nothing(Node node) {
    try (RelayServer server = server(node)) {
      Caller caller = new Caller(server.port());

      assertThat(caller.post("/api/bus/rebuild", "{\"force\": true}").status()).isEqualTo(400);
      assertThat(caller.post("/api/bus/rebuild", "{\"anew\": \"yes\"}").json().toString())
          .contains("RLY-1002", "/anew");
      assertThat(caller.post("/api/bus/rebuild", "").status()).isEqualTo(400);
      assertThat(caller.get("/api/bus?all=1").status()).isEqualTo(400);
      assertThat(anew).isNull();
    }
  }

  @Test
  void a_carrier_that_is_away_is_a_503_with_its_own_code(Node node) {
    broken = true;
    try (RelayServer server = server(node)) {
      Caller.Reply answer = new Caller(server.port()).post("/api/bus/rebuild", "{}");

      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.json().path("code").asString()).isEqualTo("RLY-4009");
      assertThat(answer.json().path("detail").asString()).isEqualTo("redis here:1 is gone");
    }
  }

  private RelayServer server(Node node) {
    return RelayServer.builder().relay(node.relay()).carrier(new Told()).port(0).start();
  }

  private final class Told implements Carrier {
    @Override
    public CarrierReport look(Collection<String> nodes) {
      return new CarrierReport(
          new Health(true, "redis here:1"),
          List.of(new CarrierReport.Stream("relay:{n}:inbox", "n", 3, true)),
          new CarrierReport.Memory("allkeys-lru", 1, 2),
          new CarrierReport.Window(
              "relay:events",
              7,
              100,
              Instant.parse("2026-01-01T00:00:00Z"),
              null,
              "1-2-0",
              2,
              true,
              List.of(new CarrierReport.Group("billing", 1, 5, "1-1"))),
          List.of("change it"));
    }

    @Override
    public Rebuilt rebuild(Collection<String> nodes, boolean fromNothing) {
      if (broken) {
        throw new CarrierException("redis here:1 is gone");
      }
      anew = fromNothing;
      return new Rebuilt(true, List.of("filled"), List.of());
    }
  }
}
