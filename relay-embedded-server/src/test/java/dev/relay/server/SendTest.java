package dev.relay.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.relay.server.Caller.Reply;
import dev.relay.server.RunningNode.Node;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(RunningNode.class)
@Timeout(60)
class SendTest {
  private final String name = "send-" + UUID.randomUUID();
  private Caller caller;

  @BeforeEach
  void call(Node node) {
    caller = node.caller();
  }

  @Test
  void an_ask_is_answered_with_reply_id_and_the_names_of_what_it_emitted() {
    Reply reply = add(2, "\"worth\": 59.98");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Content-Type")).isEqualTo("application/json");
    assertThat(reply.json().path("success").asBoolean()).isTrue();
    assertThat(UUID.fromString(reply.text("event_id")).version()).isEqualTo(7);
    assertThat(reply.json().path("data").path("total").asInt()).isEqualTo(2);
    assertThat(reply.raw().body()).contains("59.98}").contains("\"events_emitted\":[\"ADDED\"]");
  }

  @Test
  void a_query_is_answered_and_emits_nothing() {
    Reply reply = send("tally", "GET_TOTAL", "{\"name\": \"" + name + "\"}");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("data").path("total").asInt()).isZero();
    assertThat(reply.json().path("events_emitted").isEmpty()).isTrue();
  }

  @Test
  void a_tell_is_accepted_and_worked_on_later() {
    add(7, "");

    Reply reply = send("tally", "RESET", "{\"name\": \"" + name + "\"}");

    assertThat(reply.status()).isEqualTo(202);
    assertThat(reply.text("status")).isEqualTo("accepted");
    assertThat(reply.json().path("receivers").toString()).isEqualTo("[\"tally\"]");
    await().untilAsserted(() -> assertThat(total()).isZero());
  }

  @Test
  void the_same_request_twice_is_answered_twice_and_done_once() {
    String id = UUID.randomUUID().toString();

    Reply first = caller.post("/api/actors/tally", adding(3, ""), "Idempotency-Key", id);
    Reply second =
        caller.post("/api/actors/tally", adding(3, ""), "Idempotency-Key", '"' + id + '"');
    Reply third = caller.post("/api/actors/tally", adding(3, ", \"request_id\": \"" + id + "\""));

    assertThat(first.header("Idempotent-Replayed")).isEmpty();
    assertThat(List.of(second, third))
        .allSatisfy(
            repeat -> {
              assertThat(repeat.status()).isEqualTo(200);
              assertThat(repeat.json()).isEqualTo(first.json());
              assertThat(repeat.header("Idempotent-Replayed")).isEqualTo("true");
            });
    assertThat(total()).isEqualTo(3);
  }

  @Test
  void the_same_request_id_with_another_payload_is_a_conflict() {
    String id = UUID.randomUUID().toString();
    caller.post("/api/actors/tally", adding(3, ""), "Idempotency-Key", id);

    Reply reply = caller.post("/api/actors/tally", adding(4, ""), "Idempotency-Key", id);

    assertThat(reply.status()).isEqualTo(409);
    assertThat(reply.text("code")).isEqualTo("RLY-2201");
    assertThat(total()).isEqualTo(3);
  }

  @Test
  void two_different_ids_in_header_and_body_are_refused() {
    Reply reply =
        caller.post(
            "/api/actors/tally", adding(3, ", \"request_id\": \"one\""), "Idempotency-Key", "two");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text("code")).isEqualTo("RLY-1002");
  }

  @Test
  void a_payload_that_breaks_its_schema_is_refused_with_every_violation() {
    Reply reply = send("tally", "ADD", "{\"name\": 7, \"amount\": \"2\", \"worth\": 1}");

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(reply.text("code")).isEqualTo("RLY-2101");
    assertThat(reply.text("type")).isEqualTo("/errors/RLY-2101");
    assertThat(reply.text("instance")).isEqualTo("/api/actors/tally");
    assertThat(reply.json().path("success").asBoolean(true)).isFalse();
    assertThat(reply.pointers()).containsExactlyInAnyOrder("/name", "/amount");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tally  | ADD       | {\"name\": \"N\"}                | 422 | RLY-2101",
        "tally  | ADD       | {\"name\": \"N\", \"amount\": 13} | 422 | RLY-2102",
        "tally  | ADD       | {\"name\": \"\", \"amount\": 1}  | 422 | RLY-2103",
        "tally  | ADDED     | {\"name\": \"N\", \"amount\": 1, \"note\": \"\"} | 422 | RLY-2003",
        "tally  | ADDD      | {\"name\": \"N\"}                | 404 | RLY-2001",
        "tallly | ADD       | {\"name\": \"N\"}                | 404 | RLY-2002",
        "tally  | ADD       | []                               | 422 | RLY-2101",
        "tally  | ADD       | 7                                | 422 | RLY-2101",
        "tally  | ADD       | null                             | 422 | RLY-2101"
      })
  void what_the_contract_refuses_has_its_status_and_code(
      String actor, String event, String payload, int status, String code) {
    Reply reply = send(actor, event, payload.replace("N", name));

    assertThat(reply.text("code")).isEqualTo(code);
    assertThat(reply.status()).isEqualTo(status);
    assertThat(caller.get("/api/actors/tally/" + name).status())
        .as("nothing written")
        .isEqualTo(404);
  }

  @Test
  void a_mistyped_name_gets_a_suggestion() {
    assertThat(send("tally", "ADDD", "{}").raw().body()).contains("ADD\\\"?");
    assertThat(send("taly", "ADD", "{}").raw().body()).contains("tally\\\"?");
  }

  @Test
  void a_refusal_of_the_actor_carries_its_own_word() {
    for (int i = 0; i < 50; i++) {
      assertThat(add(100, "").status()).isEqualTo(200);
    }

    Reply reply = add(1, "");

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.text("code")).isEqualTo("RLY-2107");
    assertThat(reply.text("reason")).isEqualTo("TALLY_FULL");
    assertThat(reply.text("detail")).contains("has 5000");
    assertThat(total()).isEqualTo(5000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{\"event_type\": \"ADD\", \"payload\": {}",
        "{\"event_type\": \"ADD\", \"payload\": {}} x",
        "{'event_type': 'ADD'}",
        "{\"event_type\": \"ADD\", \"payload\": {\"name\": \"a\", \"name\": \"b\"}}",
        "{\"event_type\": \"ADD\", \"payload\": {\"name\": \"\\u0000\"}}",
        "{\"event_type\": \"ADD\", \"payload\": {\"worth\": NaN}}",
        "{\"event_type\": \"ADD\", \"payload\": {\"worth\": 1e999999999}}"
      })
  void what_isnt_json_is_refused_as_malformed(String body) {
    Reply reply = caller.post("/api/actors/tally", body);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text("code")).isEqualTo("RLY-1001");
    assertThat(reply.raw().body()).doesNotContain("tools.jackson", "Exception");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[]                                                          | ''",
        "{}                                                          | ,",
        "{\"event_type\": 7, \"payload\": {}}                        | /event_type",
        "{\"event_type\": \"ADD\", \"payload\": {}, \"requestid\": 1}| /requestid",
        "{\"event_type\": \"ADD\", \"payload\": {}, \"timeout_ms\": 0}| /timeout_ms",
        "{\"event_type\": \"ADD\", \"payload\": {}, \"key\": \"\"}   | /key"
      })
  void a_document_that_isnt_understood_is_told_where(String body, String pointers) {
    Reply reply = caller.post("/api/actors/tally", body);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text("code")).isEqualTo("RLY-1002");
    assertThat(reply.pointers()).containsExactlyInAnyOrder(pointers.split(",", -1));
  }

  @Test
  void a_document_nested_too_deep_is_refused() {
    String deep = "[".repeat(50_000) + "]".repeat(50_000);

    Reply reply =
        caller.post("/api/actors/tally", "{\"event_type\": \"ADD\", \"payload\": " + deep + "}");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text("code")).isEqualTo("RLY-1004");
  }

  @Test
  void the_key_may_be_named_beside_the_payload() {
    String body =
        """
        {"event_type": "ADD", "key": "%s", "payload": {"name": "another", "amount": 5}}
        """
            .formatted(name);

    assertThat(caller.post("/api/actors/tally", body).status()).isEqualTo(200);
    assertThat(total()).isEqualTo(5);
  }

  @Test
  void an_ask_that_takes_too_long_is_answered_504() {
    String body =
        """
        {"event_type": "SLEEP", "timeout_ms": 150, "payload": {"name": "%s"}}
        """
            .formatted(name);

    Reply reply = caller.post("/api/actors/sleeper", body);
    SleeperActor.WAKE_UPS.release();

    assertThat(reply.status()).isEqualTo(504);
    assertThat(reply.text("code")).isEqualTo("RLY-4003");
  }

  @Test
  void a_handler_that_fails_is_500_without_its_inside() {
    Reply reply = send("sleeper", "STUMBLE", "{\"name\": \"" + name + "\"}");

    assertThat(reply.status()).isEqualTo(500);
    assertThat(reply.text("code")).isEqualTo("RLY-5001");
    assertThat(reply.text("detail")).contains("STUMBLE", "sleeper/" + name, "incident");
    assertThat(reply.raw().body()).doesNotContain("hunter2", "IllegalState", "SleeperActor");
  }

  @Test
  void replies_of_consumers_that_an_event_asks_are_in_the_answer() {
    Reply reply = send("sleeper", "NUDGE", "{\"name\": \"" + name + "\"}");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("replies").get(0))
        .hasToString(
            "{\"event_type\":\"NUDGED\",\"actor\":\"tally\",\"key\":\""
                + name
                + "\",\"status\":\"failed\",\"error\":{\"code\":\"RLY-2107\","
                + "\"reason\":\"DEAF\",\"detail\":\"can't hear\"}}");
    assertThat(reply.json().path("replies").get(1))
        .hasToString(
            "{\"event_type\":\"NUDGED\",\"actor\":\"watcher\",\"key\":\""
                + name
                + "\",\"status\":\"replied\",\"data\":{\"awake\":true}}");
  }

  @Test
  void a_ring_of_asks_is_answered_508_and_named() {
    Reply reply = send("sleeper", "ASK_SELF", "{\"name\": \"" + name + "\"}");

    assertThat(reply.status()).isEqualTo(508);
    assertThat(reply.text("code")).isEqualTo("RLY-2110");
    assertThat(reply.text("detail")).contains("sleeper/" + name + " asks sleeper/" + name);
  }

  @Test
  void a_hundred_at_once_lose_nothing() {
    List<CompletableFuture<Reply>> replies =
        IntStream.range(0, 100)
            .mapToObj(i -> caller.postLater("/api/actors/tally", adding(1, "")))
            .toList();

    assertThat(replies).allSatisfy(reply -> assertThat(reply.join().status()).isEqualTo(200));
    assertThat(total()).isEqualTo(100);
  }

  private int total() {
    Reply reply = send("tally", "GET_TOTAL", "{\"name\": \"" + name + "\"}");
    return reply.json().path("data").path("total").asInt();
  }

  private Reply add(int amount, String more) {
    String payload =
        "{\"name\": \""
            + name
            + "\", \"amount\": "
            + amount
            + (more.isEmpty() ? "" : ", " + more)
            + "}";
    return send("tally", "ADD", payload);
  }

  private String adding(int amount, String more) {
    return "{\"event_type\": \"ADD\", \"payload\": {\"name\": \""
        + name
        + "\", \"amount\": "
        + amount
        + "}"
        + more
        + "}";
  }

  private Reply send(String actor, String event, String payload) {
    return caller.post(
        "/api/actors/" + actor,
        "{\"event_type\": \"" + event + "\", \"payload\": " + payload + "}");
  }
}
