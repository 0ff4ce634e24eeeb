package dev.relay.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.relay.server.Caller.Reply;
import dev.relay.server.RunningNode.Node;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RunningNode.class)
@Timeout(60)
class PublishTest {
  private final String name = "publish-" + UUID.randomUUID();
  private Caller caller;

  @BeforeEach
  void call(Node node) {
    caller = node.caller();
  }

  @Test
  void an_event_is_accepted_and_reaches_its_consumers() {
    Reply reply =
        caller.post("/api/events", "{\"event_type\": \"ADDED\", \"payload\": " + payload() + "}");

    assertThat(reply.status()).isEqualTo(202);
    assertThat(reply.text("status")).isEqualTo("accepted");
    assertThat(reply.json().path("receivers").toString()).isEqualTo("[\"watcher\"]");
    await().untilAsserted(() -> assertThat(seen()).isEqualTo(1));
  }

  @Test
  void a_structured_cloudevent_that_comes_twice_is_published_once() {
    String event =
        """
        {"specversion": "1.0", "id": "1", "source": "/%s", "type": "ADDED", "data": %s}
        """
            .formatted(name, payload());

    Reply first = caller.post("/api/events", event, "Content-Type", "application/cloudevents+json");
    Reply second =
        caller.post(
            "/api/events", event, "Content-Type", "application/cloudevents+json; charset=utf-8");

    assertThat(first.status()).isEqualTo(202);
    assertThat(second.status()).isEqualTo(202);
    assertThat(second.text("event_id")).isEqualTo(first.text("event_id"));
    await().untilAsserted(() -> assertThat(seen()).isEqualTo(1));
  }

  @Test
  void a_binary_cloudevent_says_the_same_in_headers() {
    Reply reply =
        caller.post(
            "/api/events",
            payload(),
            "ce-specversion",
            "1.0",
            "ce-id",
            name,
            "ce-source",
            "/test",
            "ce-type",
            "ADDED");

    assertThat(reply.status()).isEqualTo(202);
    await().untilAsserted(() -> assertThat(seen()).isEqualTo(1));
  }

  @Test
  void what_the_catalog_refuses_is_refused() {
    Reply invalid = caller.post("/api/events", "{\"event_type\": \"ADDED\", \"payload\": {}}");
    Reply unknown = caller.post("/api/events", "{\"event_type\": \"ADED\", \"payload\": {}}");
    Reply xml = caller.post("/api/events", "<a/>", "Content-Type", "application/cloudevents+xml");

    assertThat(invalid.status()).isEqualTo(422);
    assertThat(invalid.text("code")).isEqualTo("RLY-2101");
    assertThat(invalid.pointers()).hasSize(3);
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(xml.status()).isEqualTo(415);
  }

  private String payload() {
    return "{\"name\": \"" + name + "\", \"amount\": 1, \"note\": \"\"}";
  }

  private int seen() {
    return caller.get("/api/actors/watcher/" + name).json().path("state").path("seen").asInt(0);
  }
}
