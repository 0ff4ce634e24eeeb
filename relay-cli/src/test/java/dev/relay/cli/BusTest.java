package dev.relay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.relay.cli.Cli.Ran;
import dev.relay.cli.output.JsonObject;
import dev.relay.cli.output.JsonText;
import dev.relay.testkit.redis.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code relay bus} with a node on a Redis, with neither, and where one of them is away. */
class BusTest {
  private static final Duration BOUND = Duration.ofSeconds(30);
  private static final int EVENTS = 3;

  @TempDir static Path folder;

  private static RedisServer redis;
  private static RelayProcess node;

  @BeforeAll
  static void start() throws IOException {
    redis = RedisServer.withPassword("pw-secret");
    Files.writeString(
        folder.resolve(".env"),
        "REDIS_HOST=127.0.0.1\nREDIS_PORT=%d\nREDIS_PASSWORD=pw-secret\n".formatted(redis.port()));
    node = RelayProcess.start(folder, "serve", ServeTest.ACTORS.toString(), "--port", "0");
    node.url();
    for (int i = 0; i < EVENTS; i++) {
      String payload = "{\"name\":\"b\",\"count\":1}";
      Ran ran = relay("publish", "ADDED", "--json", payload);
      assertThat(ran.code()).as(ran.err()).isZero();
    }
  }

  @AfterAll
  static void stop() {
    assertThat(node.terminate()).as(node.said()).isZero();
    redis.close();
  }

  @BeforeEach
  void wait_for_the_stream() {
    await().atMost(BOUND).until(() -> redis.command("XLEN", "relay:events").equals("" + EVENTS));
  }

  @Test
  void info_shows_what_carries_the_bus_and_no_secret() {
    Ran table = relay("bus", "info");
    Ran json = relay("bus", "info", "-o", "json");

    assertThat(table.code()).as(table.err()).isZero();
    assertThat(table.out())
        .contains("Transport  redis 127.0.0.1:" + redis.port())
        .contains("maxmemory-policy noeviction")
        .contains("relay:events  3 of at most 100000, back for ")
        .contains(", in step\n")
        .containsPattern("counter +0 +0 +0ms +\\S+\\(64\\)")
        .doesNotContain("Warning", "pw-secret", "not seen");
    assertThat(table.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(81));
    assertThat(json.out()).doesNotContain("pw-secret");
    JsonObject bus = JsonText.object(json.out());
    assertThat(bus.object("transport").is("reachable")).isTrue();
    assertThat(bus.object("window").number("length")).isEqualTo(EVENTS);
    assertThat(bus.objects("streams")).singleElement().matches(stream -> stream.is("attended"));
    assertThat(relay("bus", "info", "-o", "name").out()).isEqualTo("redis\n");
    assertThat(relay("bus", "info", "-o", "yaml").out()).contains("policy: noeviction");
  }

  @Test
  void a_policy_that_may_drop_streams_is_warned_of() {
    redis.command("CONFIG", "SET", "maxmemory-policy", "allkeys-lru");
    try {
      assertThat(relay("bus", "info").out())
          .contains("Warning    Redis 127.0.0.1:")
          .contains("set maxmemory-policy noeviction");
    } finally {
      redis.command("CONFIG", "SET", "maxmemory-policy", "noeviction");
    }
  }

  @Test
  void a_rebuild_after_redis_was_emptied_may_be_repeated() {
    redis.flush();
    Ran first = relay("bus", "rebuild");
    Ran second = relay("bus", "rebuild", "-o", "json");

    assertThat(first.code()).as(first.err()).isZero();
    assertThat(first.err()).contains("relay:events: ", "3 events", "inboxes: 1 of 1 are read\n");
    JsonObject done = JsonText.object(second.out());
    assertThat(done.is("changed")).isFalse();
    assertThat(done.texts("done").get(0)).endsWith("in step with the journal, 3 events");
    assertThat(done.texts("warnings")).isEmpty();
  }

  @Test
  void what_is_there_is_thrown_away_only_when_that_was_agreed_to() {
    String before = redis.command("XRANGE", "relay:events", "-", "+");
    redis.command("XGROUP", "CREATE", "relay:events", "billing", "0");

    Ran script = relay("bus", "rebuild", "--anew");
    Ran no = cli().onTerminal().stdin("n\n").run("bus", "rebuild", "--anew");
    Ran dry = relay("bus", "rebuild", "--anew", "--dry-run");

    assertThat(List.of(script, no, dry)).extracting(Ran::code).containsExactly(2, 0, 0);
    assertThat(script.err())
        .contains("would be thrown away (3 events; 1 group goes on where they are)")
        .contains("nobody can be asked; nothing was done")
        .contains("fix     relay bus rebuild --anew --yes");
    assertThat(no.err()).contains("do it? [y/N] ").endsWith("nothing was done\n");
    Ran yes = relay("bus", "rebuild", "--anew", "--yes");
    assertThat(yes.code()).as(yes.err()).isZero();
    assertThat(yes.err()).contains("thrown away (3), filled with 3 events", "group billing: made");
    assertThat(redis.command("XRANGE", "relay:events", "-", "+")).isEqualTo(before);
    assertThat(relay("bus", "rebuild", "--dry-run").err()).contains("nothing would be done");
  }

  @Test
  void no_node_is_needed() {
    Cli direct = Cli.in(folder).env("RELAY_PORT", "1");

    Ran info = direct.run("bus", "info");
    assertThat(info.code()).as(info.err()).isZero();
    assertThat(info.err()).startsWith("no node at http://localhost:1, so the project's");
    assertThat(info.out()).contains("Transport  redis 127.0.0.1:", "relay:events  3 of at most");
    assertThat(direct.run("bus", "rebuild").err()).contains("nothing was missing");
  }

  @Test
  void a_redis_that_is_away_is_shown_and_a_rebuild_fails_as_unreachable() {
    Cli elsewhere = Cli.in(folder).env("RELAY_PORT", "1").env("REDIS_PORT", "1");

    Ran info = elsewhere.run("bus", "info");
    Ran rebuild = elsewhere.run("bus", "rebuild");

    assertThat(info.code()).as(info.err()).isZero();
    assertThat(info.out()).contains("Transport  down  redis 127.0.0.1:1 ");
    assertThat(rebuild.code()).isEqualTo(6);
    assertThat(rebuild.err()).contains("error RLY-4009: redis 127.0.0.1:1 ", "relay bus info");
    assertThat(Cli.in(folder).env("RELAY_URL", "http://127.0.0.1:1").run("bus", "info").code())
        .isEqualTo(6);
    assertThat(relay("bus", "rebuilt").err()).contains("rebuild");
    assertThat(relay("bus", "info", "--shard", "1").code()).isEqualTo(2);
  }

  @Test
  void without_redis_there_is_nothing_to_rebuild() throws IOException {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Cli plain = Cli.in(elsewhere).env("RELAY_PORT", "1").env("RELAY_DATA", folder + "/.relay");

    JsonObject info = JsonText.object(plain.run("bus", "info", "-o", "json").out());
    Ran rebuild = plain.run("bus", "rebuild");

    assertThat(info.object("transport").text("name")).isEqualTo("postgres");
    assertThat(info.has("window")).isFalse();
    assertThat(rebuild.code()).as(rebuild.err()).isZero();
    assertThat(rebuild.err()).contains("keeps nothing outside Postgres\nnothing was missing\n");
  }

  private static Cli cli() {
    return Cli.in(folder).env("RELAY_URL", node.url());
  }

  private static Ran relay(String... words) {
    return cli().run(words);
  }
}
