package dev.relay.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.relay.Relay;
import dev.relay.embedded.EmbeddedPostgres;
import dev.relay.testkit.redis.RedisServer;
import dev.relay.transport.CarrierException;
import dev.relay.transport.CarrierReport;
import dev.relay.transport.CarrierReport.Group;
import dev.relay.transport.Rebuilt;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What an operator sees of Redis, and how it is made again from the journal. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RedisCarrierTest {
  private static final Duration BOUND = Duration.ofSeconds(30);
  private static final String STREAM = "relay:events";

  private static EmbeddedPostgres postgres;
  private static Relay relay;
  private static RedisServer redis;
  private static int published;

  private RedisCarrier carrier;

  @BeforeAll
  static void start_everything() throws SQLException {
    postgres = EmbeddedPostgres.temporary();
    relay =
        Relay.builder().postgres(postgres.jdbcUrl(), postgres.user(), postgres.password()).start();
    try (Connection connection =
            DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
        Statement statement = connection.createStatement()) {
      statement.execute(
          "INSERT INTO event_definitions (event_name, description, producer_actor)"
              + " VALUES ('COUNTED', 'a number was said', 'counter')");
    }
    await().atMost(BOUND).until(() -> relay.catalog().event("COUNTED").isPresent());
    redis = RedisServer.start("--maxmemory", "100mb", "--maxmemory-policy", "allkeys-lru");
    publish(40);
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
    carrier = new RedisCarrier(config(), relay.feed(), EventWindow.USUAL);
  }

  @Test
  void an_empty_redis_is_filled_once_and_then_left_alone() {
    Rebuilt first = carrier.rebuild(List.of(), false);

    assertThat(first.changed()).isTrue();
    assertThat(first.done())
        .containsExactly(
            STREAM + ": was missing, filled with " + published + " events",
            "inboxes: 0 of 0 are read");
    List<String> ids = ids();
    assertThat(ids).hasSize(published);

    Rebuilt second = carrier.rebuild(List.of(), false);

    assertThat(second.changed()).isFalse();
    assertThat(second.done().get(0))
        .isEqualTo(STREAM + ": in step with the journal, " + published + " events");
    assertThat(ids()).isEqualTo(ids);
  }

  @Test
  void a_node_that_writes_the_stream_and_a_rebuild_get_along() {
    try (RedisEvents node = RedisEvents.keep(config(), relay.feed(), EventWindow.USUAL)) {
      await().atMost(BOUND).until(() -> node.health().reachable() && ids().size() == published);
      List<String> before = ids();

      for (int i = 0; i < 3; i++) {
        assertThat(carrier.rebuild(List.of(), true).changed()).isTrue();
        publish(5);
      }

      await().atMost(BOUND).until(() -> ids().size() == published);
      assertThat(ids()).containsAll(before).doesNotHaveDuplicates();
      assertThat(window().kept()).isTrue();
    }
  }

  @Test
  void groups_of_other_programs_go_on_where_they_were() {
    carrier.rebuild(List.of(), false);
    redis.command("XGROUP", "CREATE", STREAM, "billing", "0");
    redis.command("XGROUP", "CREATE", STREAM, "audit", "0");
    read("billing", 10);
    read("audit", 7);
    List<String> ids = ids();
    redis.command("XACK", STREAM, "audit", ids.get(0), ids.get(1), ids.get(2));
    redis.command("XACK", STREAM, "billing", ids.get(0));
    redis.command(acknowledged("billing", ids.subList(1, 10)));

    carrier.rebuild(List.of(), true);

    assertThat(read("billing", 1)).as("behind what it acknowledged").contains(ids.get(10));
    assertThat(read("audit", 1)).as("what it owes comes again").contains(ids.get(3));
    assertThat(window().groups())
        .extracting(Group::name)
        .containsExactlyInAnyOrder("audit", "billing");
  }

  @Test
  void a_stream_of_another_journal_is_thrown_away() {
    redis.command("XADD", STREAM, "999999999-1", "type", "X", "position", "p", "event", "{}");

    carrier.rebuild(List.of(), false);

    assertThat(ids()).hasSize(published);
  }

  @Test
  void what_is_there_is_shown() {
    carrier.rebuild(List.of(), false);
    CarrierReport report = carrier.look(List.of("gone"));

    assertThat(report.health().reachable()).isTrue();
    CarrierReport.Memory memory = Objects.requireNonNull(report.memory());
    assertThat(memory.policy()).isEqualTo("allkeys-lru");
    assertThat(memory.limitBytes()).isEqualTo(100 << 20);
    assertThat(memory.usedBytes()).isPositive();
    assertThat(report.warnings())
        .singleElement()
        .asString()
        .contains("maxmemory-policy noeviction");
    assertThat(report.streams().get(0).attended()).isFalse();
    assertThat(window().length()).isEqualTo(published);
    assertThat(window().behind()).isZero();
    assertThat(window().oldest()).isBeforeOrEqualTo(window().newest());
    publish(3);
    assertThat(window().behind()).isEqualTo(3);
  }

  @Test
  void a_node_that_is_seen_and_one_that_is_not_are_told_apart() {
    try (RedisTransport transport = new RedisTransport(config())) {
      transport.start("here", new Silent());
      await().atMost(BOUND).until(() -> transport.health().reachable());

      Rebuilt rebuilt = carrier.rebuild(List.of("elsewhere", "here"), false);

      assertThat(rebuilt.done()).contains("inboxes: 1 of 2 are read");
      assertThat(rebuilt.warnings()).singleElement().asString().startsWith("elsewhere isn't seen");
    }
  }

  @Test
  void a_redis_that_is_away_is_told_and_never_waited_for() {
    try (RedisServer other = RedisServer.start()) {
      RedisConfig away = RedisConfig.at("127.0.0.1", other.port()).within(Duration.ofMillis(500));
      RedisCarrier dead = new RedisCarrier(away, relay.feed(), EventWindow.USUAL);
      other.kill();

      assertThat(dead.look(List.of("a")).health().reachable()).isFalse();
      assertThat(dead.look(List.of("a")).health().detail()).contains("127.0.0.1:" + other.port());
      assertThatThrownBy(() -> dead.rebuild(List.of(), true))
          .isInstanceOf(CarrierException.class)
          .hasMessageContaining("127.0.0.1:" + other.port());
    }
  }

  @Test
  void a_user_with_the_documented_rights_is_enough() {
    redis.command(AccessTest.DOCUMENTED_RIGHTS);
    RedisConfig user = config().login("relay", "pw");
    RedisCarrier limited = new RedisCarrier(user, relay.feed(), EventWindow.USUAL);
    limited.rebuild(List.of(), false);
    redis.command("XGROUP", "CREATE", STREAM, "billing", "0");
    read("billing", 2);

    limited.rebuild(List.of("nobody"), true);

    assertThat(Objects.requireNonNull(limited.look(List.of("nobody")).window()).groups())
        .hasSize(1);
    assertThat(limited.look(List.of()).memory()).isNotNull();
  }

  private CarrierReport.Window window() {
    return Objects.requireNonNull(carrier.look(List.of()).window());
  }

  private static RedisConfig config() {
    return RedisConfig.at(redis.host(), redis.port());
  }

  private static void publish(int count) {
    for (int i = 0; i < count; i++) {
      relay.publish("COUNTED", Map.of("n", published++));
    }
  }

  private static List<String> ids() {
    return redis
        .command("XRANGE", STREAM, "-", "+")
        .lines()
        .filter(line -> line.matches("\\d+-\\d+"))
        .toList();
  }

  private static String read(String group, int count) {
    return redis.command(
        "XREADGROUP", "GROUP", group, "me", "COUNT", "" + count, "STREAMS", STREAM, ">");
  }

  private static String[] acknowledged(String group, List<String> ids) {
    List<String> words = new java.util.ArrayList<>(List.of("XACK", STREAM, group));
    words.addAll(ids);
    return words.toArray(new String[0]);
  }
}
