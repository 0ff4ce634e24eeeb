package dev.relay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.relay.cli.Cli.Ran;
import dev.relay.cli.output.JsonObject;
import dev.relay.cli.output.JsonText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code relay tail} against a running node, which is killed and started again. */
class TailTest {
  private static final Duration BOUND = Duration.ofSeconds(30);

  @TempDir static Path folder;

  private static int port;
  private static RelayProcess node;

  @BeforeAll
  static void start() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    node = serve();
  }

  @AfterAll
  static void stop() {
    assertThat(node.terminate()).as(node.said()).isZero();
  }

  @Test
  void each_event_is_followed_by_what_its_consumer_did() {
    add("pair", 2);

    Ran ran = relay("tail", "--key", "pair", "--from", "start", "-n", "1");

    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.out().lines().toList()).hasSize(2);
    assertThat(ran.out().lines().toList().get(0))
        .matches(
            "#1 +\\d\\d:\\d\\d:\\d\\d\\.\\d{3}  -->  ADDED  counter/pair  \\S+ "
                + " \\{.*\"count\":2.*}");
    assertThat(ran.out().lines().toList().get(1))
        .matches("#1 +\\S+  <--  done +follower/pair  \\d+ ms  v1");
  }

  @Test
  void a_dead_letter_says_why() {
    publish("much", 5000, "c-dead");

    Ran ran = relay("tail", "--correlation", "c-dead", "--since", "1h", "-n", "1");

    assertThat(ran.out()).contains("-->  ADDED  client  ");
    assertThat(ran.out())
        .containsPattern("--X  dead +follower/much  attempt 1 failed: RLY-\\d+ TOO_MUCH: at most");
  }

  @Test
  void programs_get_one_object_a_line() {
    add("lines", 1);

    Ran ran = relay("tail", "--key", "lines", "--from", "start", "-n", "1", "-o", "json");

    List<JsonObject> lines = ran.out().lines().map(JsonText::object).toList();
    assertThat(lines).extracting(line -> line.text("kind")).containsExactly("event", "delivery");
    assertThat(lines.get(0).text("position")).matches("\\d+-\\d+-\\d+");
    assertThat(lines.get(0).object("event").text("specversion")).isEqualTo("1.0");
    assertThat(lines.get(1).text("event_id")).isEqualTo(lines.get(0).object("event").text("id"));
    assertThat(lines.get(1).text("outcome")).isEqualTo("done");
    assertThat(relay("tail", "--key", "lines", "--from", "start", "-n", "1", "-o", "name").out())
        .isEqualTo(lines.get(0).object("event").text("id") + "\n");
  }

  @Test
  void only_events_where_that_is_all_that_is_wanted() {
    add("only", 1);

    Ran ran = relay("tail", "--key", "only", "--since", "1h", "-n", "1", "--events-only");

    assertThat(ran.out().lines()).hasSize(1);
  }

  @Test
  void what_one_consumer_gets_is_shown_with_what_it_did() {
    add("consumed", 1);

    Ran ran =
        relay("tail", "--consumer", "follower", "--key", "consumed", "--from", "start", "-n", "1");
    Ran nothing = relay("tail", "--consumer", "counter", "--event", "ADDED", "--from", "x");

    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.out()).contains("-->  ADDED").containsPattern("<--  done +follower/consumed");
    assertThat(nothing.code()).isEqualTo(2);
  }

  @Test
  void an_interrupted_tail_says_how_to_go_on_and_goes_on_there() {
    try (RelayProcess tail = tail("--key", "resume")) {
      add("resume", 1);
      await().atMost(BOUND).until(() -> tail.printed().contains("done"));
      assertThat(tail.terminate()).as(tail.said()).isEqualTo(130);
      Matcher hint =
          Pattern.compile(
                  "ended after 1 event; what follows: relay (tail --from (\\S+) --key resume)\n")
              .matcher(tail.said());
      assertThat(hint.find()).as(tail.said()).isTrue();
      add("resume", 10);

      Ran next = relay((hint.group(1) + " -n 1").split(" "));

      assertThat(next.out()).contains("\"count\":11").doesNotContain("\"count\":1,");
    }
  }

  @Test
  void a_node_that_dies_and_comes_back_costs_no_event_and_repeats_none() {
    try (RelayProcess tail = tail("--key", "cut")) {
      add("cut", 1);
      await().atMost(BOUND).until(() -> tail.printed().contains("\"count\":1}"));

      node.kill();
      node = serve();
      add("cut", 1);

      await().atMost(BOUND).until(() -> tail.printed().contains("#2"));
      await().atMost(BOUND).until(() -> tail.printed().lines().count() >= 4);
      assertThat(tail.said()).contains("connected again, nothing was missed");
      assertThat(tail.printed().lines().filter(line -> line.contains("-->"))).hasSize(2);
      assertThat(tail.printed().lines().filter(line -> line.contains("<--"))).hasSize(2);
    }
  }

  @Test
  void a_filter_that_nothing_can_pass_is_told_at_once() {
    Ran event = relay("tail", "--event", "ADDEDD");
    Ran none = relay("tail", "--event", "STOCK_*");
    Ran actor = relay("tail", "--actor", "countr");
    Ran consumer = relay("tail", "--consumer", "folower");

    assertThat(consumer.err()).contains("did you mean \"follower\"?");
    assertThat(List.of(event, none, actor, consumer)).extracting(Ran::code).containsOnly(5);
    assertThat(event.err()).contains("did you mean \"ADDED\"?");
    assertThat(none.err()).contains("the catalog has no event \"STOCK_*\"");
    assertThat(actor.err()).contains("did you mean \"counter\"?");
  }

  @Test
  void what_makes_no_sense_is_a_usage_error() {
    Ran both = relay("tail", "--since", "1h", "--from", "start");
    Ran position = relay("tail", "--from", "yesterday");
    Ran since = relay("tail", "--since", "yesterday");
    Ran limit = relay("tail", "-n", "0");

    assertThat(List.of(both, position, since, limit)).extracting(Ran::code).containsOnly(2);
    assertThat(position.err()).contains("looks like 812-4711-0");
    assertThat(since.err()).contains("how long ago");
    assertThat(Cli.in(folder).env("RELAY_URL", "http://127.0.0.1:1").run("tail").code())
        .isEqualTo(6);
  }

  private static RelayProcess serve() {
    RelayProcess started =
        RelayProcess.start(
            folder, "serve", ServeTest.ACTORS.toString(), "--port", String.valueOf(port));
    started.url();
    return started;
  }

  private static RelayProcess tail(String... filters) {
    List<String> words = new java.util.ArrayList<>(List.of("tail", "--url", url()));
    words.addAll(List.of(filters));
    RelayProcess tail = RelayProcess.start(folder, words.toArray(new String[0]));
    await().atMost(BOUND).until(() -> tail.said().contains("following"));
    return tail;
  }

  private static void add(String name, int by) {
    String payload = "{\"name\":\"%s\",\"by\":%d}".formatted(name, by);
    Ran ran = relay("send", "counter", "ADD", "--json", payload);
    assertThat(ran.code()).as(ran.err()).isZero();
  }

  private static void publish(String name, int count, String correlation) {
    String payload = "{\"name\":\"%s\",\"count\":%d}".formatted(name, count);
    Ran ran = relay("publish", "ADDED", "--json", payload, "--correlation", correlation);
    assertThat(ran.code()).as(ran.err()).isZero();
  }

  private static String url() {
    return "http://127.0.0.1:" + port;
  }

  private static Ran relay(String... words) {
    return Cli.in(folder).env("RELAY_URL", url()).run(words);
  }
}
