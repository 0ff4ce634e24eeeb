package dev.relay.server;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.relay.server.Caller.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Flows over HTTP. Each test has runs of its own. */
@Timeout(120)
class FlowsTest {
  private static RunningNode.Node node;
  private static Caller caller;

  @BeforeAll
  static void open() {
    node = TillNode.start();
    caller = node.caller();
  }

  @AfterAll
  static void close() {
    node.close();
  }

  @Test
  void a_run_is_started_answered_and_shown_step_by_step() {
    Reply started = start("a", "5.5");

    assertThat(started.status()).as(started.raw().body()).isEqualTo(200);
    assertThat(started.json().at("/data/sum").decimalValue()).isEqualByComparingTo("6.5");
    JsonNode shown = show("a");
    assertThat(shown.path("success").asBoolean()).isTrue();
    assertThat(shown.path("id").asString()).isEqualTo("pay/a");
    assertThat(shown.path("status").asString()).isEqualTo("done");
    assertThat(shown.path("steps").valueStream())
        .extracting(step -> step.path("step").asString() + " " + step.path("state").asString())
        .containsExactly("first done", "second done");
  }

  @Test
  void a_start_under_the_same_id_is_one_start() {
    String body = "{\"payload\": {\"id\": \"same\", \"amount\": 2}, \"request_id\": \"once\"}";

    Reply first = caller.post("/api/flows/pay", body);
    Reply second = caller.post("/api/flows/pay", body);

    assertThat(second.json().path("data")).isEqualTo(first.json().path("data"));
    assertThat(sum("same")).isEqualTo("3");
  }

  @Test
  void a_refusal_is_the_starters_and_undoes_what_was_done() {
    Reply refused = start("b", "500");

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.raw().body()).contains("TOO_MUCH", "at most 100");
    assertThat(show("b").path("status").asString()).isEqualTo("compensated");
    assertThat(sum("b")).isEqualTo("0");
  }

  @Test
  void a_paused_run_is_listed_and_goes_on_when_somebody_has_decided() {
    Reply paused = startToPause("c");
    assertThat(paused.text("code")).isEqualTo("RLY-4010");
    assertThat(runs("&status=paused")).contains("pay/c");
    assertThat(show("c").path("error").toString()).contains("second");

    Reply skipped = caller.post("/api/flows/pay/runs/c/skip", "{\"result\": {\"sum\": 7}}");

    assertThat(skipped.status()).isEqualTo(200);
    assertThat(skipped.text("id")).isEqualTo("pay/c");
    awaitStatus("c", "done");
    assertThat(runs("&status=done")).contains("pay/c");
    assertThat(runs("")).doesNotContain("pay/c");
    assertThat(runs("&status=all")).contains("pay/c");
  }

  @Test
  void a_paused_run_is_undone_or_left_as_it_is() {
    startToPause("d");
    startToPause("e");

    caller.post("/api/flows/pay/runs/d/compensate", "{\"by\": \"ann\"}");
    caller.post("/api/flows/pay/runs/e/cancel", "{\"leave\": true}");

    awaitStatus("d", "compensated");
    awaitStatus("e", "cancelled");
    assertThat(sum("d")).isEqualTo("0");
    assertThat(sum("e")).isEqualTo("1");
    Reply late = caller.post("/api/flows/pay/runs/e/resume", "{}");
    assertThat(late.status()).isEqualTo(422);
  }

  @Test
  void a_page_of_runs_leads_to_the_next() {
    start("p1", "1");
    start("p2", "1");

    Reply page = caller.get("/api/flows?flow=pay&status=done&limit=1");
    Reply next =
        caller.get("/api/flows?flow=pay&status=done&limit=1&before=" + page.text("next_before"));

    assertThat(page.json().path("runs")).hasSize(1);
    assertThat(next.json().path("runs")).hasSize(1);
    assertThat(next.json().at("/runs/0/id")).isNotEqualTo(page.json().at("/runs/0/id"));
    assertThat(page.json().at("/flows/0/name").asString()).isEqualTo("pay");
  }

  @Test
  void a_check_compares_what_happened_with_the_definition() {
    start("f", "5");

    Reply checked = caller.get("/api/flows/pay/check?since=1h");

    assertThat(checked.status()).isEqualTo(200);
    assertThat(checked.json().path("conformant").intValue()).isPositive();
  }

  @ParameterizedTest
  @CsvSource({
    "/api/flows?status=lost, 400, RLY-1002",
    "/api/flows?before=yesterday, 400, RLY-1002",
    "/api/flows?limit=0, 400, RLY-1002",
    "/api/flows/pai/runs/a, 404, RLY-2008",
    "/api/flows/pay/runs/nobody, 404, RLY-2004",
    "/api/flows/pay/check?since=long, 400, RLY-1002"
  })
  void what_isnt_there_or_isnt_understood_is_a_problem(String path, int status, String code) {
    Reply reply = caller.get(path);

    assertThat(reply.text("code")).isEqualTo(code);
    assertThat(reply.status()).isEqualTo(status);
  }

  @Test
  void a_decision_says_nothing_that_isnt_asked_of_it() {
    startToPause("g");

    Reply reply = caller.post("/api/flows/pay/runs/g/resume", "{\"leave\": true}");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.raw().body()).contains("leave");
  }

  private static Reply start(String id, String amount) {
    return started("{\"id\": \"%s\", \"amount\": %s}".formatted(id, amount));
  }

  private static Reply startToPause(String id) {
    return started("{\"id\": \"%s\"}".formatted(id));
  }

  private static Reply started(String payload) {
    return caller.post("/api/flows/pay", "{\"payload\": " + payload + "}");
  }

  private static JsonNode show(String id) {
    return caller.get("/api/flows/pay/runs/" + id).json();
  }

  private static void awaitStatus(String id, String status) {
    await().atMost(60, SECONDS).until(() -> show(id).path("status").asString().equals(status));
  }

  private static Iterable<String> runs(String filter) {
    return caller
        .get("/api/flows?flow=pay" + filter)
        .json()
        .path("runs")
        .valueStream()
        .map(run -> run.path("id").asString())
        .toList();
  }

  private static String sum(String till) {
    return caller
        .get("/api/actors/till/" + till)
        .json()
        .at("/state/sum")
        .decimalValue()
        .stripTrailingZeros()
        .toPlainString();
  }
}
