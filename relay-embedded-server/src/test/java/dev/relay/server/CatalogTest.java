package dev.relay.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.relay.server.Caller.Reply;
import dev.relay.server.RunningNode.Node;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@ExtendWith(RunningNode.class)
@Timeout(60)
class CatalogTest {
  private Caller caller;

  @BeforeEach
  void call(Node node) {
    caller = node.caller();
  }

  @Test
  void all_events_are_listed_with_the_version_of_the_catalog() {
    Reply reply = caller.get("/api/catalog/events");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(names(reply)).contains("ADD", "ADDED", "GET_TOTAL", "RESET", "SLEEP");
    assertThat(reply.json().path("catalog_version").asLong()).isPositive();
  }

  @Test
  void one_event_shows_schemas_and_consumers() {
    Reply reply = caller.get("/api/catalog/events?event_name=ADD");

    assertThat(names(reply)).containsExactly("ADD");
    JsonNode event = reply.json().path("events").path(0);
    assertThat(event.path("kind").asString()).isEqualTo("command");
    assertThat(event.path("payload_schema").path("required").toString()).contains("amount");
    assertThat(event.path("consumers").path(0).path("actor").asString()).isEqualTo("tally");
    assertThat(event.path("consumers").path(0).path("pattern").asString()).isEqualTo("ask");
  }

  @Test
  void an_actor_shows_what_it_emits_and_receives() {
    assertThat(names(caller.get("/api/catalog/events?actor=watcher")))
        .containsExactly("ADDED", "NUDGED");
    assertThat(names(caller.get("/api/catalog/events?actor=tally")))
        .contains("ADD", "ADDED", "GET_TOTAL", "RESET")
        .doesNotContain("SLEEP");
  }

  @ParameterizedTest
  @CsvSource({
    "event_name=ADEDD, 404, RLY-2001, ADDED",
    "actor=watchr, 404, RLY-2002, watcher",
    "eventname=ADD, 400, RLY-1002, event_name"
  })
  void what_isnt_there_is_a_problem_with_a_suggestion(
      String query, int status, String code, String suggestion) {
    Reply reply = caller.get("/api/catalog/events?" + query);

    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.text("code")).isEqualTo(code);
    assertThat(reply.text("remedy")).contains(suggestion);
  }

  @Test
  void an_event_that_is_added_is_honoured_within_a_second_or_so() {
    String name = "ADDED_" + UUID.randomUUID().toString().replace("-", "").toUpperCase(Locale.ROOT);
    String draft =
        """
        {"event_name": "%s", "producer_actor": "tally", "description": "made in a test",
         "payload_schema": {"type": "object", "required": ["size"],
           "properties": {"size": {"type": "integer", "multipleOf": 5}}}}
        """
            .formatted(name);

    Reply added = caller.post("/api/catalog/events", draft);
    Reply again = caller.post("/api/catalog/events", draft);

    assertThat(added.status()).isEqualTo(201);
    assertThat(names(added)).containsExactly(name);
    assertThat(again.status()).isEqualTo(409);
    await()
        .untilAsserted(
            () -> {
              assertThat(publish(name, 7).pointers()).containsExactly("/size");
              assertThat(publish(name, 10).status()).isEqualTo(202);
            });
  }

  @Test
  void an_event_that_cant_be_is_refused_with_every_problem() {
    Reply reply =
        caller.post(
            "/api/catalog/events",
            "{\"event_name\": \"no good\", \"payload_schema\": {\"type\": 7}}");

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.pointers()).isNotEmpty();
  }

  private Reply publish(String event, int size) {
    return caller.post(
        "/api/events",
        "{\"event_type\": \"" + event + "\", \"payload\": {\"size\": " + size + "}}");
  }

  private static List<String> names(Reply reply) {
    return reply
        .json()
        .path("events")
        .valueStream()
        .map(event -> event.path("event_name").asString())
        .toList();
  }
}
