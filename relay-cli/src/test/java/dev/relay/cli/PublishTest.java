package dev.relay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.relay.cli.Cli.Ran;
import dev.relay.cli.output.JsonObject;
import dev.relay.cli.output.JsonText;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code relay publish} against a running node. */
class PublishTest {
  private static final String CLOUD_EVENT =
      """
      {"specversion": "1.0", "id": "%s", "source": "/till/7", "type": "ADDED",
       "data": {"name": "%s", "count": 1}}
      """;

  @TempDir static Path folder;

  private static RelayProcess node;

  @BeforeAll
  static void start() {
    node = RelayProcess.start(folder, "serve", ServeTest.ACTORS.toString(), "--port", "0");
  }

  @AfterAll
  static void stop() {
    assertThat(node.terminate()).as(node.said()).isZero();
  }

  @Test
  void a_published_event_says_whom_it_is_owed_to_and_gets_there() {
    Ran ran = relay("publish", "ADDED", "--json", "{\"name\":\"p\",\"count\":1}");

    assertThat(ran.err()).matches("published ADDED  \\S+  owed to 1 consumer: follower\n");
    assertThat(ran.out()).isEmpty();
    assertThat(ran.code()).isZero();
    await().until(() -> seen("p").equals("1"));
  }

  @Test
  void programs_get_the_whole_answer_and_a_repeat_publishes_nothing_new() {
    String[] words = {
      "publish",
      "ADDED",
      "--request-id",
      "once",
      "-o",
      "json",
      "--json",
      "{\"name\":\"once\",\"count\":1}"
    };

    JsonObject first = JsonText.object(relay(words).out());
    JsonObject again = JsonText.object(relay(words).out());

    assertThat(first.fields().keySet()).containsExactly("event_id", "status", "receivers");
    assertThat(again).isEqualTo(first);
  }

  @Test
  void a_cloudevent_is_published_as_it_is_from_stdin_or_a_file() {
    Ran first = cli().stdin(CLOUD_EVENT.formatted(1, "cloud")).run("publish", "-");
    Ran twice = cli().stdin(CLOUD_EVENT.formatted(1, "cloud")).run("publish", "--file", "-");

    assertThat(first.err()).matches("published ADDED  \\S+  owed to 1 consumer: follower\n");
    assertThat(twice.err()).as("source and id make it the same event").isEqualTo(first.err());
    await().until(() -> seen("cloud").equals("1"));
  }

  @Test
  void what_is_neither_payload_nor_cloudevent_is_told_apart() {
    Ran payload = cli().stdin("{\"name\":\"x\",\"count\":1}").run("publish", "-");
    Ran halfway = relay("publish", "--json", "{\"specversion\":\"1.0\"}");
    Ran both = relay("publish", "--request-id", "r", "--json", CLOUD_EVENT.formatted(2, "x"));
    Ran nothing = relay("publish");
    Ran stray = relay("publish", "ADDED", "name=x");

    assertThat(List.of(payload, halfway, both, nothing, stray))
        .extracting(Ran::code)
        .containsOnly(2);
    assertThat(payload.err()).contains("must be a CloudEvent, and this has no specversion");
    assertThat(halfway.err()).contains("this has no type");
    assertThat(both.err()).contains("leave --request-id and --correlation out");
    assertThat(nothing.err()).contains("none is given");
    assertThat(stray.err()).contains("unknown argument \"name=x\"");
  }

  @Test
  void what_the_catalog_refuses_names_the_next_step() {
    Ran invalid = relay("publish", "ADDED", "--json", "{\"name\":\"x\"}");
    Ran unknown = relay("publish", "ADDEDD", "--json", "{}");
    Ran command = relay("publish", "ADD", "--json", "{}");

    assertThat(invalid.code()).isEqualTo(3);
    assertThat(invalid.err())
        .contains("fix     relay catalog show ADDED --example | relay publish ADDED -");
    assertThat(unknown.code()).isEqualTo(5);
    assertThat(unknown.err()).contains("did you mean \"ADDED\"?");
    assertThat(command.code()).isEqualTo(2);
    assertThat(command.err()).contains("only events are published").contains("relay send ");
  }

  private static String seen(String key) {
    Ran ran = relay("actor", "state", "follower", key, "-o", "json");
    return ran.code() == 0 ? JsonText.object(ran.out()).object("state").text("seen") : "";
  }

  private static Ran relay(String... words) {
    return cli().run(words);
  }

  private static Cli cli() {
    return Cli.in(folder).env("RELAY_URL", node.url());
  }
}
