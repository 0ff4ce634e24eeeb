package dev.relay.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.relay.message.Json;
import dev.relay.server.Caller.Reply;
import dev.relay.server.RunningNode.Node;
import dev.relay.server.StreamReader.Seen;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** The event stream with {@code deliveries=true}: what became of each event. */
@ExtendWith(RunningNode.class)
@Timeout(60)
class DeliveriesStreamTest {
  private final String name = "deliveries-" + UUID.randomUUID();
  private Caller caller;

  @BeforeEach
  void call(Node running) {
    caller = running.caller();
  }

  @Test
  void an_event_is_followed_by_what_its_consumer_did() {
    try (StreamReader reader = mine("&deliveries=true")) {
      add(1);
      await().untilAsserted(() -> assertThat(reader.seen()).hasSize(2));

      Seen event = reader.seen().get(0);
      Seen delivery = reader.seen().get(1);
      assertThat(event.type()).isEqualTo("ADDED");
      assertThat(delivery.type()).isEqualTo("delivery");
      assertThat(delivery.id()).as("resuming goes by events").isEqualTo(event.id());
      JsonNode fate = Json.mapper().readTree(delivery.data());
      assertThat(fate.path("event_id").asString())
          .isEqualTo(Json.mapper().readTree(event.data()).path("id").asString());
      assertThat(fate.path("event").asString()).isEqualTo("ADDED");
      assertThat(fate.path("actor").asString()).isEqualTo("watcher");
      assertThat(fate.path("key").asString()).isEqualTo(name);
      assertThat(fate.path("outcome").asString()).isEqualTo("done");
      assertThat(fate.path("version").asInt()).isEqualTo(1);
      assertThat(fate.path("ms").asInt(-1)).isNotNegative();
    }
  }

  @Test
  void a_reader_of_the_past_learns_what_became_of_it() {
    add(1);
    add(2);

    try (StreamReader reader = mine("&from=start&deliveries=true")) {
      await().untilAsserted(() -> assertThat(fates(reader)).hasSize(2));
      assertThat(fates(reader)).extracting(fate -> fate.path("version").asInt()).contains(1, 2);
    }
    try (StreamReader reader = mine("&since=1h&deliveries=true")) {
      await().untilAsserted(() -> assertThat(fates(reader)).hasSize(2));
    }
  }

  @Test
  void only_what_one_consumer_gets_is_shown_where_that_is_wanted() {
    String other = "tally"; // receives ADD, a command, and no ADDED
    try (StreamReader watcher = mine("&consumer=watcher&deliveries=true");
        StreamReader tally = mine("&consumer=" + other + "&deliveries=true")) {
      add(1);
      await().untilAsserted(() -> assertThat(fates(watcher)).hasSize(1));

      assertThat(fates(watcher).get(0).path("actor").asString()).isEqualTo("watcher");
      assertThat(tally.seen()).isEmpty();
    }
    Reply unknown = caller.get("/api/events/stream?consumer=wacher");
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.json().path("detail").asString()).contains("did you mean \"watcher\"?");
  }

  @Test
  void without_the_option_only_events_come() {
    try (StreamReader with = mine("&deliveries=true");
        StreamReader without = mine("&deliveries=false")) {
      add(1);
      await().untilAsserted(() -> assertThat(fates(with)).hasSize(1));

      assertThat(without.seen()).extracting(Seen::type).containsExactly("ADDED");
    }
  }

  @Test
  void what_cannot_be_understood_is_refused() {
    Reply deliveries = caller.get("/api/events/stream?deliveries=yes");
    Reply since = caller.get("/api/events/stream?since=yesterday");

    assertThat(List.of(deliveries, since)).extracting(Reply::status).containsOnly(400);
    assertThat(since.text("detail")).contains("how long ago");
  }

  private static List<JsonNode> fates(StreamReader reader) {
    return reader.seen().stream()
        .filter(seen -> seen.type().equals("delivery"))
        .map(seen -> Json.mapper().readTree(seen.data()))
        .toList();
  }

  private StreamReader mine(String more) {
    return new StreamReader(caller, "/api/events/stream?key=" + name + more, null);
  }

  private void add(int amount) {
    String body =
        "{\"event_type\": \"ADD\", \"payload\": {\"name\": \"%s\", \"amount\": %d}}"
            .formatted(name, amount);
    assertThat(caller.post("/api/actors/tally", body).status()).isEqualTo(200);
  }
}
