package dev.relay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.relay.cli.Cli.Ran;
import dev.relay.cli.output.JsonObject;
import dev.relay.cli.output.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code relay flow} against a running node. Each test has its own key. */
class FlowTest {
  private static final Duration BOUND = Duration.ofSeconds(30);

  @TempDir static Path folder;

  private static RelayProcess node;

  @BeforeAll
  static void start() throws IOException {
    write(
        "actors/till/actor.yaml",
        """
        actor:
          name: till
          key: id
          state: { sum: integer }
          handles:
            TAKE:
              payload: { id: string, amount: integer }
              returns: Till
              emits: TAKEN
              do:
                fail: [ { when: $payload.amount > 100, code: TOO_MUCH, message: '"at most 100"' } ]
                state: '{ "sum": $sum([sum, $payload.amount]) }'
                emit: [ { event: TAKEN, payload: '{ "id": $payload.id }' } ]
                reply: $state
            GIVE_BACK:
              payload: { id: string, amount: integer }
              do: { state: '{ "sum": sum - $payload.amount }' }
          events:
            TAKEN: { payload: { id: string } }
        """);
    write(
        "flows/pay.yaml",
        """
        flow:
          name: pay
          description: Two payments or none
          key: id
          start: { command: START_PAY, payload: { id: string, amount?: integer } }
          steps:
            - name: first
              ask: TAKE
              with: '{ "id": input.id, "amount": 1 }'
              compensate: { ask: GIVE_BACK, with: '{ "id": input.id, "amount": 1 }' }
            - name: second
              ask: TAKE
              with: '{ "id": input.id, "amount": input.amount }'
              as: till
          reply: '{ "sum": till.sum }'
        """);
    write(
        "flows/seen.yaml",
        """
        flow: { name: seen, key: id, expected: true, steps: [ { wait: TAKEN }, { ask: GIVE_BACK, with: '{}' } ] }
        """);
    node = RelayProcess.start(folder, "serve", folder.resolve("actors").toString(), "--port", "0");
    node.url();
  }

  @AfterAll
  static void stop() {
    assertThat(node.terminate()).as(node.said()).isZero();
  }

  @Test
  void a_run_is_started_shown_and_listed() {
    Ran started = start("a", "5");
    assertThat(JsonText.object(started.out()).object("data").number("sum")).isEqualTo(6);

    assertThat(relay("flow", "show", "pay/a").out())
        .contains("pay/a  done", "ok  first   ask TAKE", "ok  second  ask TAKE");
    assertThat(relay("flow", "list", "--all").out())
        .contains("pay ", "Two payments or none", "pay/a", "seen", "only expected");
    assertThat(relay("flow", "list", "pay", "--status", "done", "-o", "name").out())
        .contains("pay/a\n");
    Ran sent = relay("send", "flow-pay", "START_PAY", "--json", "{\"id\":\"a\",\"amount\":5}");
    assertThat(sent.out()).contains("\"sum\": 6");
  }

  @Test
  void a_refusal_is_the_starters_and_what_was_done_is_undone() {
    Ran refused = start("b", "500");

    assertThat(refused.code()).isEqualTo(3);
    assertThat(refused.err()).contains("at most 100");
    assertThat(relay("flow", "show", "pay/b").out())
        .contains("pay/b  compensated", "x   second", "ok  undo first  ask GIVE_BACK", "TOO_MUCH");
    assertThat(sum("b")).isZero();
  }

  @Test
  void a_paused_run_is_skipped_or_compensated_by_a_person() {
    assertThat(start("c", "null").err()).contains("RLY-4010", "paused at second");
    assertThat(relay("flow", "list", "--status", "paused").out()).contains("pay/c", "second");
    assertThat(relay("flow", "show", "pay/c").out()).contains("!!  second", "resume pay/c");

    Ran again = relay("flow", "resume", "pay/c");
    assertThat(again.err()).startsWith("pay/c is running");
    await().atMost(BOUND).until(() -> status("c").equals("paused"));
    assertThat(relay("flow", "skip", "pay/c", "--step", "first").code()).isEqualTo(3);
    assertThat(relay("flow", "skip", "pay/c", "--result", "{\"sum\":7}").code()).isZero();
    await().atMost(BOUND).until(() -> status("c").equals("done"));
    assertThat(relay("flow", "cancel", "pay/c").err()).contains("is over: done");

    start("d", "null");
    assertThat(relay("flow", "compensate", "pay/d").code()).isZero();
    await().atMost(BOUND).until(() -> status("d").equals("compensated"));
    assertThat(sum("d")).isZero();
  }

  @Test
  void what_nobody_knows_is_told_with_what_was_meant() {
    assertThat(relay("flow", "show", "pai/a").code()).isEqualTo(5);
    assertThat(relay("flow", "show", "pai/a").err()).contains("did you mean \"pay\"?");
    assertThat(relay("flow", "show", "pay/nobody").code()).isEqualTo(5);
    assertThat(relay("flow", "show", "pay").code()).isEqualTo(2);
  }

  @Test
  void a_check_tells_who_owes_what() {
    start("e", "5");

    Ran checked = relay("flow", "check", "pay", "--since", "1h", "-o", "json");
    JsonObject report = JsonText.object(checked.out());
    assertThat(report.number("conformant")).isPositive();
    Ran seen = relay("flow", "check", "seen", "-o", "json");
    assertThat(seen.code()).as(seen.err()).isEqualTo(3);
    assertThat(seen.out()).contains("\"deviating\"", "\"found\": \"TAKEN\"", "GIVE_BACK");
  }

  private static Ran start(String key, String amount) {
    String payload =
        amount.equals("null")
            ? "{\"id\":\"" + key + "\"}"
            : "{\"id\":\"" + key + "\",\"amount\":" + amount + "}";
    return relay("flow", "start", "pay", "--json", payload, "-o", "json");
  }

  private static String status(String key) {
    Ran shown = relay("flow", "show", "pay/" + key, "-o", "json");
    return JsonText.object(shown.out()).text("status");
  }

  private static long sum(String key) {
    Ran state = relay("actor", "state", "till", key, "-o", "json");
    return JsonText.object(state.out()).object("state").number("sum");
  }

  private static Ran relay(String... words) {
    return Cli.in(folder).env("RELAY_URL", node.url()).run(words);
  }

  private static void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
