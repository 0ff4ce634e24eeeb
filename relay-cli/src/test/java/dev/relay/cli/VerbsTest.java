package dev.relay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.relay.cli.Cli.Ran;
import dev.relay.cli.output.JsonObject;
import dev.relay.cli.output.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every verb against one running node, with right and with wrong input. */
class VerbsTest {
  @TempDir static Path folder;

  private static RelayProcess node;
  private static String url;

  @BeforeAll
  static void start() {
    node = RelayProcess.start(folder, "serve", ServeTest.ACTORS.toString(), "--port", "0");
    url = node.url();
  }

  @AfterAll
  static void stop() {
    assertThat(node.terminate()).as(node.said()).isZero();
  }

  @Test
  void an_ask_prints_the_reply_on_stdout_and_the_talk_on_stderr() {
    Ran ran = relay("send", "counter", "ADD", "--json", "{\"name\":\"ask\",\"by\":7}");

    assertThat(ran.out()).as(ran.err()).isEqualTo("{\n  \"count\": 7\n}\n");
    assertThat(ran.err()).matches("answered ADD  \\S+  \\d+ ms  emitted ADDED\n");
    assertThat(ran.code()).isZero();
  }

  @Test
  void a_tell_prints_who_receives_it() {
    Ran ran = relay("send", "counter", "RESET", "--json", "{\"name\":\"tell\"}");

    assertThat(ran.err()).matches("sent RESET  \\S+  1 receiver: counter\n");
    assertThat(ran.out()).isEmpty();
    assertThat(ran.code()).isZero();
  }

  @Test
  void programs_get_the_whole_answer() {
    Ran ran = relay("send", "counter", "ADD", "--json", "{\"name\":\"j\",\"by\":1}", "-o", "json");

    JsonObject answer = JsonText.object(ran.out());
    assertThat(answer.fields().keySet()).containsExactly("event_id", "data", "events_emitted");
    assertThat(ran.err()).isEmpty();
  }

  @Test
  void a_payload_comes_from_stdin_or_a_file_too() throws IOException {
    Path file = Files.writeString(folder.resolve("payload.json"), "{\"name\":\"f\",\"by\":1}");

    assertThat(relay("send", "counter", "ADD", "--file", file.toString()).code()).isZero();
    Ran ran =
        cli().stdin("{\"name\":\"f\",\"by\":2}").run("send", "counter", "ADD", "-", "--url", url);
    assertThat(ran.out()).contains("\"count\": 3");
  }

  @Test
  void an_example_of_the_catalog_can_be_sent_as_it_is() {
    Ran example = relay("catalog", "show", "ADD", "--example");

    Ran sent = cli().stdin(example.out()).run("send", "counter", "ADD", "-", "--url", url);

    assertThat(sent.code()).as(sent.err()).isZero();
  }

  @Test
  void the_same_request_id_counts_once_and_another_payload_is_refused() {
    String[] once = {
      "send", "counter", "ADD", "--request-id", "r1", "--json", "{\"name\":\"once\",\"by\":1}"
    };
    assertThat(relay(once).out()).isEqualTo(relay(once).out()).contains("\"count\": 1");

    once[6] = "{\"name\":\"once\",\"by\":2}";
    assertThat(relay(once)).extracting(Ran::code).isEqualTo(3);
  }

  @Test
  void the_key_may_be_given_beside_the_payload() {
    relay("send", "counter", "ADD", "--key", "other", "--json", "{\"name\":\"x\",\"by\":4}");

    assertThat(relay("actor", "state", "counter", "other").out()).contains("\"count\": 4");
  }

  @Test
  void a_refused_payload_lists_every_violation_and_the_next_step() {
    Ran ran = relay("send", "counter", "ADD", "--json", "{\"by\":\"2\"}");

    assertThat(ran.code()).isEqualTo(3);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err())
        .contains("error RLY-2101: ")
        .contains("  (document)  required field \"name\" is missing")
        .contains("  /by ")
        .contains("fix     relay catalog show ADD --example | relay send counter ADD -")
        .contains("more    relay errors lookup RLY-2101");
  }

  @Test
  void a_payload_beyond_the_limits_is_refused_wherever_the_limit_is() throws IOException {
    Path large = folder.resolve("large.json");
    Files.writeString(large, "{\"name\":\"" + "x".repeat(10_000_000) + "\",\"by\":1}");
    Ran tooLarge = relay("send", "counter", "ADD", "--file", large.toString());
    Ran tooDeep = cli().stdin("[".repeat(2000)).run("send", "counter", "ADD", "-", "--url", url);

    assertThat(List.of(tooLarge, tooDeep)).extracting(Ran::code).containsOnly(3);
    assertThat(tooLarge.err()).contains("error RLY-1003");
    assertThat(tooDeep.err()).contains("error RLY-1004: stdin: ").doesNotContain("getMax");
  }

  @Test
  void a_broken_rule_names_the_rule() {
    Ran ran = relay("send", "counter", "ADD", "--json", "{\"name\":\"r\",\"by\":0}");

    assertThat(ran.code()).isEqualTo(3);
    assertThat(ran.err()).contains("error RLY-2102: ").contains("by >= 1");
  }

  @Test
  void unknown_names_are_not_found_and_the_nearest_is_named() {
    Ran actor = relay("send", "countr", "ADD", "--json", "{}");
    Ran event = relay("send", "counter", "AD", "--json", "{}");
    Ran instance = relay("actor", "state", "counter", "nobody");
    Ran shown = relay("catalog", "show", "GET_CONT");

    assertThat(List.of(actor, event, instance, shown)).extracting(Ran::code).containsOnly(5);
    assertThat(actor.err()).contains("did you mean \"counter\"?");
    assertThat(event.err()).contains("error RLY-2001");
    assertThat(instance.err()).contains("error RLY-2004").contains("relay actor list");
    assertThat(shown.err()).contains("did you mean \"GET_COUNT\"?");
  }

  @Test
  void the_catalog_is_listed_filtered_and_shown() {
    assertThat(relay("catalog", "list", "--actor", "counter", "-o", "name").out().lines())
        .contains("ADD", "ADDED", "GET_COUNT", "RESET");
    assertThat(relay("catalog", "list", "--kind", "query", "-o", "name").out())
        .isEqualTo("GET_COUNT\n");
    assertThat(relay("catalog", "list").out()).contains("ADD ").contains("counter (ask)");
    assertThat(relay("catalog", "list", "--actor", "countr")).extracting(Ran::code).isEqualTo(5);
    assertThat(relay("catalog", "show", "ADD").out())
        .contains("by    integer  required")
        .contains("counter  ask  answers within 5000 ms")
        .contains("Example");
  }

  @Test
  void an_event_is_added_once() throws IOException {
    Path schema = folder.resolve("schema.json");
    Files.writeString(schema, "{\"type\":\"object\",\"required\":[\"id\"]}");
    String[] add = {
      "catalog",
      "add",
      "THING_DONE",
      "--producer",
      "things",
      "--schema",
      schema.toString(),
      "--consumer",
      "counter:publish"
    };

    Ran added = relay(add);
    assertThat(added.code()).as(added.err()).isZero();
    assertThat(added.out()).contains("THING_DONE  event  version 1.0.0");

    Ran again = relay(add);
    assertThat(again.code()).isEqualTo(3);
    assertThat(again.err()).contains("error RLY-3003");
  }

  @Test
  void actors_and_their_instances_are_listed() {
    relay("send", "counter", "ADD", "--json", "{\"name\":\"listed\",\"by\":1}");

    assertThat(relay("actor", "list").out()).contains("counter").contains("healthy");
    assertThat(relay("actor", "list", "counter", "--limit", "1000", "-o", "name").out().lines())
        .contains("listed");
    assertThat(relay("actor", "list", "counter", "--after", "listee", "-o", "name").out().lines())
        .doesNotContain("listed");
    assertThat(relay("actor", "list", "--limit", "x").code()).isEqualTo(2);
  }

  @Test
  void a_state_is_shown_in_every_format() {
    relay("send", "counter", "ADD", "--json", "{\"name\":\"shown\",\"by\":1}");

    assertThat(relay("actor", "state", "counter/shown").out()).isEqualTo("{\n  \"count\": 1\n}\n");
    assertThat(relay("actor", "show", "counter", "shown", "-o", "yaml").out())
        .contains("actor: counter\n", "version: 1\n", "state:\n  count: 1\n");
    assertThat(relay("actor", "state", "counter", "shown", "-o", "name").out())
        .isEqualTo("counter/shown\n");
  }

  @Test
  void the_database_of_a_running_node_is_migrated_and_applied_to_beside_it() {
    Ran status = cli().run("migrate", "status", "-o", "json");
    assertThat(status.code()).as(status.err()).isZero();
    assertThat(status.out()).contains("applied").doesNotContain("pending");

    Ran again = cli().run("migrate", "apply");
    assertThat(again.err()).contains("up to date");

    Ran applied = cli().run("catalog", "apply", ServeTest.ACTORS.toString());
    assertThat(applied.code()).as(applied.err()).isZero();
    assertThat(applied.err()).contains("the catalog is in step, nothing changed");
  }

  @Test
  void what_is_applied_beside_a_node_is_in_its_catalog_within_a_second_or_so() throws IOException {
    Path actor = Files.createDirectories(folder.resolve("more/late")).resolve("actor.yaml");
    Files.writeString(
        actor,
        """
        actor:
          name: late
          key: id
          state: { seen: boolean }
          queries:
            GET_LATE: { payload: { id: string }, returns: { id: string }, do: { reply: $payload } }
        """);

    Ran planned = cli().run("catalog", "apply", "more", "--dry-run");
    assertThat(planned.out()).as(planned.err()).contains("+  event     GET_LATE");
    assertThat(relay("catalog", "show", "GET_LATE").code()).isEqualTo(5);

    assertThat(cli().run("catalog", "apply", "more").code()).isZero();
    await().until(() -> relay("catalog", "show", "GET_LATE").code() == 0);
  }

  @Test
  void nodes_are_listed_by_a_node_and_by_the_database() {
    Ran byNode = relay("node", "list", "-o", "json");
    Ran byDatabase = cli().env("RELAY_PORT", "1").run("node", "list", "-o", "json");

    assertThat(byNode.code()).as(byNode.err()).isZero();
    assertThat(byDatabase.code()).as(byDatabase.err()).isZero();
    assertThat(JsonText.object(byNode.out()).has("nodes")).isTrue();
    assertThat(JsonText.object(byDatabase.out()).has("nodes")).isTrue();
    assertThat(relay("node", "list").out()).isNotEmpty();
  }

  @Test
  void live_names_complete() {
    relay("send", "counter", "ADD", "--json", "{\"name\":\"complete\",\"by\":1}");

    assertThat(complete("send", "cou")).containsExactly("counter");
    assertThat(complete("send", "counter", "GET")).containsExactly("GET_COUNT");
    assertThat(complete("catalog", "list", "--actor", "")).contains("counter");
    assertThat(complete("actor", "state", "counter", "compl")).containsExactly("complete");
  }

  private static List<String> complete(String... words) {
    String[] all = new String[words.length + 1];
    all[0] = "__complete";
    System.arraycopy(words, 0, all, 1, words.length);
    Ran ran = cli().env("RELAY_URL", url).run(all);
    return ran.out().lines().map(line -> line.split("\t")[0]).toList();
  }

  private static Ran relay(String... words) {
    return cli().env("RELAY_URL", url).run(words);
  }

  private static Cli cli() {
    return Cli.in(folder);
  }
}
