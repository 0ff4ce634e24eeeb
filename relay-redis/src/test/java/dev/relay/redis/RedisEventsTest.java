package dev.relay.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.relay.Relay;
import dev.relay.Subscription;
import dev.relay.embedded.EmbeddedPostgres;
import dev.relay.message.Json;
import dev.relay.testkit.redis.RedisServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The stream that programs outside follow, on a real journal. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RedisEventsTest {
  private static final Duration BOUND = Duration.ofSeconds(30);
  private static final EventWindow WINDOW = new EventWindow(10_000, Duration.ofHours(1));

  private static EmbeddedPostgres postgres;
  private static Relay relay;
  private static RedisServer redis;
  private static int next;

  private final List<RedisEvents> keepers = new ArrayList<>();
  private RedisConfig config;
  private int first;

  @BeforeAll
  static void start_everything() throws SQLException {
    postgres = EmbeddedPostgres.temporary();
    relay =
        Relay.builder().postgres(postgres.jdbcUrl(), postgres.user(), postgres.password()).start();
    sql(
        "INSERT INTO event_definitions (event_name, description, producer_actor)"
            + " VALUES ('COUNTED', 'a number was said', 'counter')");
    await().atMost(BOUND).until(() -> relay.catalog().event("COUNTED").isPresent());
    redis = RedisServer.start();
  }

  @AfterAll
  static void stop_everything() {
    redis.close();
    relay.close();
    postgres.close();
  }

  @BeforeEach
  void take_an_empty_redis() {
    redis.flush();
    first = next;
    config = RedisConfig.at(redis.host(), redis.port()).within(Duration.ofMillis(900));
  }

  @AfterEach
  void close_keepers() {
    keepers.forEach(RedisEvents::close);
  }

  @Test
  void events_come_as_cloud_events_in_the_order_of_the_journal() {
    keep();
    publish(300);
    awaitAll();

    String entry = redis.command("XREVRANGE", "relay:events", "+", "-", "COUNT", "1");
    assertThat(entry.lines().filter(line -> !line.startsWith("{")))
        .contains("type", "COUNTED", "position", "event");
    JsonNode event = Json.mapper().readTree(json(entry).get(0));
    assertThat(event.get("specversion").asString()).isEqualTo("1.0");
    assertThat(event.get("type").asString()).isEqualTo("COUNTED");
    assertThat(event.get("data").get("n").asInt()).isEqualTo(next - 1);
  }

  @Test
  void three_writers_write_each_event_once() {
    for (int i = 0; i < 3; i++) {
      keep();
    }
    publish(300);
    awaitAll();
  }

  @Test
  void another_takes_over_from_one_that_stops() {
    RedisEvents writer = keep();
    publish(20);
    awaitAll();
    keep();
    writer.close();
    publish(20);
    awaitAll();
  }

  @Test
  void a_redis_emptied_in_mid_run_is_filled_again_with_the_same_ids() {
    keep();
    publish(100);
    awaitAll();
    List<String> before = ids();
    redis.flush();
    publish(50);
    awaitAll();
    assertThat(ids()).containsAll(before);
  }

  @Test
  void a_rebuild_gives_each_event_the_id_it_had() {
    keep();
    publish(30);
    awaitAll();
    List<String> before = ids();
    new RedisCarrier(config, relay.feed(), WINDOW).rebuild(List.of(), true);
    awaitAll();
    await().atMost(BOUND).until(() -> ids().equals(before));
  }

  @Test
  void a_redis_that_was_frozen_killed_or_read_only_gets_what_it_missed() {
    keep();
    publish(10);
    awaitAll();

    redis.freeze();
    publish(10);
    redis.thaw();
    awaitAll();

    redis.readOnly(true);
    publish(10);
    await().atMost(BOUND).until(() -> !keepers.get(0).health().reachable());
    redis.readOnly(false);
    awaitAll();

    redis.kill();
    publish(10);
    redis.restartEmpty();
    awaitAll();
    await().atMost(BOUND).until(() -> keepers.get(0).health().reachable());
  }

  @Test
  void a_stream_of_another_journal_is_written_anew() {
    String beyond = Long.toUnsignedString(1L << 62) + "-0";
    redis.command("XADD", "relay:events", beyond, "type", "OTHER", "event", "{}");
    publish(1);
    keep();
    publish(10);
    awaitAll();
    assertThat(redis.command("XRANGE", "relay:events", "-", "+")).doesNotContain("OTHER");
  }

  @Test
  void a_write_in_the_wrong_place_is_refused_and_a_reader_behind_it_loses_nothing() {
    keep();
    publish(10);
    awaitAll();
    List<String> before = ids();
    // somebody without the mark who writes the newest event once more
    String newest = before.get(before.size() - 1);
    assertThat(refusal("XADD", "relay:events", newest, "type", "COUNTED"))
        .contains("equal or smaller");
    publish(10);
    awaitAll();
    assertThat(ids().subList(0, before.size())).isEqualTo(before);
  }

  @Test
  void a_user_with_the_documented_rights_is_enough() {
    redis.command(AccessTest.DOCUMENTED_RIGHTS);
    config = config.login("relay", "pw");
    keep();
    publish(10);
    awaitAll();
  }

  @Test
  void the_stream_keeps_about_as_many_as_configured() {
    RedisEvents short_ =
        RedisEvents.keep(config, relay.feed(), new EventWindow(100, WINDOW.refilled()));
    keepers.add(short_);
    publish(400);
    String last = "\"n\":" + (next - 1) + "}";
    await()
        .atMost(BOUND)
        .until(
            () ->
                redis.command("XREVRANGE", "relay:events", "+", "-", "COUNT", "1").contains(last));
    assertThat(Integer.parseInt(redis.command("XLEN", "relay:events"))).isBetween(100, 350);
  }

  private RedisEvents keep() {
    RedisEvents keeper = RedisEvents.keep(config, relay.feed(), WINDOW);
    keepers.add(keeper);
    Subscription ignored = relay.onPublished(keeper::wake);
    return keeper;
  }

  private static void publish(int count) {
    for (int i = 0; i < count; i++) {
      relay.publish("COUNTED", Map.of("n", next++));
    }
  }

  /** Waits until the numbers of this test are all there, each once, ascending. */
  private void awaitAll() {
    List<Integer> expected = IntStream.range(first, next).boxed().toList();
    await()
        .atMost(BOUND)
        .untilAsserted(
            () -> {
              List<Integer> numbers = numbers();
              assertThat(numbers).isSorted().doesNotHaveDuplicates();
              assertThat(
                      numbers.subList(
                          Math.max(0, numbers.size() - expected.size()), numbers.size()))
                  .isEqualTo(expected);
            });
  }

  private static List<Integer> numbers() {
    return json(redis.command("XRANGE", "relay:events", "-", "+")).stream()
        .map(event -> Json.mapper().readTree(event).get("data").get("n").asInt())
        .toList();
  }

  private static List<String> json(String reply) {
    return reply.lines().filter(line -> line.startsWith("{")).toList();
  }

  private static List<String> ids() {
    return redis
        .command("XRANGE", "relay:events", "-", "+")
        .lines()
        .filter(line -> line.matches("\\d+-\\d+"))
        .toList();
  }

  private static String refusal(String... words) {
    try {
      return redis.command(words);
    } catch (IllegalStateException refused) {
      return String.valueOf(refused.getMessage());
    }
  }

  private static void sql(String statement) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
        Statement run = connection.createStatement()) {
      run.execute(statement);
    }
  }
}
