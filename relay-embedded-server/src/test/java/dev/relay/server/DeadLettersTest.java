package dev.relay.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.relay.server.Caller.Reply;
import dev.relay.server.RunningNode.Node;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Dead letters over HTTP. Those here name no instance, as nobody says how the consumer is keyed.
 */
@ExtendWith(RunningNode.class)
@Timeout(60)
class DeadLettersTest {
  private final String event =
      "LOST_" + UUID.randomUUID().toString().replace("-", "").toUpperCase();
  private Caller caller;

  @BeforeEach
  void call(Node node) {
    caller = node.caller();
    Reply added =
        caller.post(
            "/api/catalog/events",
            """
            {"event_name": "%s", "producer_actor": "tally",
             "consumers": [{"actor": "ghost", "pattern": "publish"}]}
            """
                .formatted(event));
    assertThat(added.status()).as(added.raw().body()).isEqualTo(201);
    await().untilAsserted(() -> assertThat(publish().status()).isEqualTo(202));
  }

  @Test
  void they_are_listed_counted_and_shown() {
    publish();

    Reply list = caller.get("/api/dead-letters?limit=1&event=" + event);
    assertThat(list.json().path("dead_letters").size()).isEqualTo(1);
    assertThat(list.json().path("total").asInt()).isEqualTo(2);
    String first = list.json().path("dead_letters").path(0).path("id").asString();
    assertThat(list.text("next_after")).isEqualTo(first);
    assertThat(letters("&after=" + first)).doesNotContain(first).hasSize(1);
    assertThat(letters("&actor=ghost&error=NO+KEY")).hasSize(2);
    assertThat(letters("&older_than=1h")).isEmpty();

    Reply shown = caller.get("/api/dead-letters/" + first);
    assertThat(shown.text("event")).isEqualTo(event);
    assertThat(shown.text("actor")).isEqualTo("ghost");
    assertThat(shown.json().path("payload").path("a").asInt()).isEqualTo(1);
    assertThat(shown.json().has("history")).isTrue();
  }

  @Test
  void one_is_retried_or_discarded_once() {
    String id = letters("").get(0);

    Reply retried = caller.post("/api/dead-letters/" + id + "/retry", "{}");
    Reply mended = caller.post("/api/dead-letters/" + id + "/retry", "{\"payload\": {\"a\": 2}}");
    assertThat(List.of(retried, mended)).extracting(Reply::status).containsOnly(422);
    assertThat(retried.text("code")).isEqualTo("RLY-2103");

    Reply discarded = caller.post("/api/dead-letters/" + id + "/discard", "{\"reason\": \"test\"}");
    Reply again = caller.post("/api/dead-letters/" + id + "/discard", "{}");
    assertThat(discarded.status()).isEqualTo(200);
    assertThat(again.status()).isEqualTo(404);
    assertThat(again.text("code")).isEqualTo("RLY-2005");
  }

  @Test
  void many_are_meant_by_a_filter_and_never_by_nothing() {
    String filter = "{\"event\": \"" + event + "\"}";

    assertThat(caller.post("/api/dead-letters/discard", "{}").status()).isEqualTo(400);
    assertThat(caller.post("/api/dead-letters/retry", "{\"evnt\": \"X\"}").status()).isEqualTo(400);
    assertThat(caller.get("/api/dead-letters?older_than=long").status()).isEqualTo(400);
    Reply retried = caller.post("/api/dead-letters/retry", filter);
    assertThat(retried.json().path("retried").asInt(-1)).isZero();
    assertThat(retried.json().path("left").asInt()).isEqualTo(1);
    Reply discarded = caller.post("/api/dead-letters/discard", filter);
    assertThat(discarded.json().path("discarded").asInt()).isEqualTo(1);
    assertThat(letters("")).isEmpty();
  }

  private Reply publish() {
    return caller.post(
        "/api/events", "{\"event_type\": \"" + event + "\", \"payload\": {\"a\": 1}}");
  }

  private List<String> letters(String filter) {
    Reply reply = caller.get("/api/dead-letters?event=" + event + filter);
    assertThat(reply.status()).as(reply.raw().body()).isEqualTo(200);
    return reply
        .json()
        .path("dead_letters")
        .valueStream()
        .map(letter -> letter.path("id").asString())
        .toList();
  }
}
