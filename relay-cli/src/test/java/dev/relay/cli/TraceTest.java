package dev.relay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.relay.cli.Cli.Ran;
import dev.relay.cli.output.JsonObject;
import dev.relay.cli.output.JsonText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code relay trace} against a running node. */
class TraceTest {
  private static final Duration BOUND = Duration.ofSeconds(30);

  @TempDir static Path folder;

  private static RelayProcess node;

  @BeforeAll
  static void start() {
    node = RelayProcess.start(folder, "serve", ServeTest.ACTORS.toString(), "--port", "0");
    node.url();
  }

  @AfterAll
  static void stop() {
    assertThat(node.terminate()).as(node.said()).isZero();
  }

  @Test
  void a_request_shows_its_turns_and_what_they_caused_as_a_tree() {
    String id = add("tree", 2, "r-tree").text("event_id");
    await().atMost(BOUND).until(() -> relay("trace", id).out().contains("follower/tree"));

    Ran ran = relay("trace", id);

    assertThat(ran.code()).as(ran.err()).isZero();
    List<String> lines = ran.out().lines().toList();
    assertThat(lines).hasSize(5);
    assertThat(lines.get(0)).matches("trace " + id + "  2 messages, \\d+ ms");
    assertThat(lines.get(1)).matches("ADD  client  \\+0 ms  " + id);
    assertThat(lines.get(2)).matches("`- done  counter/tree  \\d+ ms  v1");
    assertThat(lines.get(3)).matches("   `- ADDED  \\+\\d+ ms  \\S+");
    assertThat(lines.get(4)).matches("      `- done  follower/tree  \\d+ ms  v1");
  }

  @Test
  void every_id_of_a_request_leads_to_the_same_trace() {
    String ask = add("ids", 2, "r-ids").text("event_id");
    await().atMost(BOUND).until(() -> relay("trace", ask).out().contains("done  follower/ids"));
    List<JsonObject> messages =
        JsonText.object(relay("trace", ask, "-o", "json").out()).objects("messages");
    String added = messages.get(1).text("id");

    assertThat(relay("trace", added).out())
        .as("an inner message")
        .isEqualTo(relay("trace", ask).out());
    assertThat(relay("trace", "r-ids").out())
        .as("the request id")
        .isEqualTo(relay("trace", ask).out());
    assertThat(messages.get(1).text("causation_id")).isEqualTo(ask);
    assertThat(relay("trace", ask, "-o", "name").out()).isEqualTo(ask + "\n" + added + "\n");
  }

  @Test
  void a_correlation_id_of_ones_own_gathers_its_requests_and_dead_branches() {
    publish("many", 1, "c-many");
    publish("dies", 5000, "c-many");
    await().atMost(BOUND).until(() -> relay("trace", "c-many").out().contains("dead"));

    Ran ran = cli().env("LANG", "de_DE.UTF-8").run("trace", "c-many", "--within", "10m");

    assertThat(ran.out())
        .containsPattern("trace c-many  2 messages")
        .containsPattern("└─ done  follower/many")
        .containsPattern("└─ dead  follower/dies  attempt 1: RLY-\\d+ TOO_MUCH");
  }

  @Test
  void what_is_not_there_is_not_found_and_says_where_it_looked() {
    Ran own = relay("trace", "nobody", "--within", "2h");
    Ran message = relay("trace", "01a20640-e3e9-741c-a48c-c1e90730a1d1");
    Ran stranger = relay("trace", UUID.randomUUID().toString());

    assertThat(List.of(own, message, stranger)).extracting(Ran::code).containsOnly(5);
    assertThat(own.err())
        .contains("error RLY-2006: no request and no message of the last 2 h has the id nobody")
        .contains("--within");
    assertThat(message.err()).contains("no turn and no delivery has it");
    assertThat(relay("trace", "x", "--within", "10d").code()).isEqualTo(2);
    assertThat(relay("trace").code()).isEqualTo(2);
  }

  private static JsonObject add(String name, int by, String requestId) {
    String payload = "{\"name\":\"%s\",\"by\":%d}".formatted(name, by);
    Ran ran =
        relay("send", "counter", "ADD", "--json", payload, "--request-id", requestId, "-o", "json");
    assertThat(ran.code()).as(ran.err()).isZero();
    return JsonText.object(ran.out());
  }

  private static void publish(String name, int count, String correlation) {
    String payload = "{\"name\":\"%s\",\"count\":%d}".formatted(name, count);
    Ran ran = relay("publish", "ADDED", "--json", payload, "--correlation", correlation);
    assertThat(ran.code()).as(ran.err()).isZero();
  }

  private static Ran relay(String... words) {
    return cli().run(words);
  }

  private static Cli cli() {
    return Cli.in(folder).env("RELAY_URL", node.url());
  }
}
