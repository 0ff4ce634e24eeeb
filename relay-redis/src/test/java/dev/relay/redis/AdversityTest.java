package dev.relay.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.relay.testkit.redis.RedisServer;
import dev.relay.transport.Letter;
import dev.relay.transport.PartitionId;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What can happen to a Redis; each time it goes on by itself. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class AdversityTest {
  private static RedisServer redis;
  private Pair pair;

  @BeforeAll
  static void start_redis() {
    redis = RedisServer.start();
  }

  @AfterAll
  static void stop_redis() {
    redis.close();
  }

  @BeforeEach
  void connect() {
    Duration timeout = Duration.ofMillis(900);
    pair = new Pair(RedisConfig.at(redis.host(), redis.port()).within(timeout)).ready();
  }

  @AfterEach
  void disconnect() {
    pair.close();
  }

  @Test
  void a_frozen_redis_is_noticed_and_holds_nobody_up() {
    redis.freeze();
    try {
      long start = System.nanoTime();
      for (int i = 0; i < 10_000; i++) {
        pair.a.wake(pair.nameB, Set.of(new PartitionId("cart", i % 64)));
        pair.a.send(pair.nameB, new Letter("id" + i, pair.nameA, "{}"));
        pair.a.announce();
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
      pair.saysWhatIsWrong("doesn't answer");
    } finally {
      redis.thaw();
    }
    pair.atB.clear();
    pair.ready();
    await().atMost(Pair.BOUND).until(() -> pair.a.health().reachable());
    await().atMost(Pair.BOUND).until(() -> pair.atB.interruptions() > 0);
  }

  @Test
  void an_emptied_redis_is_noticed_though_no_connection_broke() {
    pair.atB.clear();
    redis.flush();
    await().atMost(Pair.BOUND).until(() -> pair.atB.interruptions() > 0);
    pair.ready();
    assertThat(pair.a.health().reachable()).isTrue();
  }

  @Test
  void a_lost_notice_is_noticed_by_the_next_one() {
    pair.atB.clear();
    // removed before it is read: as trimming would
    redis.freeze();
    pair.a.wake(pair.nameB, Set.of(new PartitionId("lost", 1)));
    redis.thaw();
    pair.ready();
    String gap =
        redis.command(
            "XADD",
            "relay:{" + pair.nameB + "}:inbox",
            "*",
            "from",
            pair.nameA,
            "n",
            "1000000",
            "wake",
            "cart/5");
    assertThat(gap).isNotEmpty();
    await().atMost(Pair.BOUND).until(() -> pair.atB.woken().contains(new PartitionId("cart", 5)));
    assertThat(pair.atB.interruptions()).isPositive();
  }

  @Test
  void what_no_node_wrote_is_passed_over() {
    redis.command("XADD", "relay:{" + pair.nameB + "}:inbox", "*", "hello", "world");
    pair.ready();
    assertThat(redis.command("XLEN", "relay:{" + pair.nameB + "}:inbox")).isIn("0", "1");
  }

  @Test
  void a_master_that_became_a_replica_is_named_and_nothing_is_read_twice_for_ever() {
    redis.readOnly(true);
    pair.saysWhatIsWrong("read-only replica");
    redis.readOnly(false);
    pair.ready();
    await().atMost(Pair.BOUND).until(() -> pair.a.health().reachable());
  }

  @Test
  void a_full_redis_is_named_and_taken_up_again_when_there_is_room() {
    redis.command("CONFIG", "SET", "maxmemory", "1");
    pair.saysWhatIsWrong("is full");
    redis.command("CONFIG", "SET", "maxmemory", "0");
    pair.ready();
    await().atMost(Pair.BOUND).until(() -> pair.a.health().reachable());
  }

  @Test
  void killed_connections_come_back() {
    pair.atA.clear();
    redis.command("CLIENT", "KILL", "TYPE", "normal");
    redis.command("CLIENT", "KILL", "TYPE", "pubsub");
    await().atMost(Pair.BOUND).until(() -> pair.atA.interruptions() > 0);
    pair.ready();
  }

  @Test
  void a_node_leaves_nothing_behind() {
    pair.close();
    pair = new Pair(RedisConfig.at(redis.host(), redis.port()));
    await().atMost(Pair.BOUND).until(() -> pair.a.health().reachable());
    await().atMost(Pair.BOUND).until(() -> pair.b.health().reachable());
    // one, and heard: what is still under way to a node that has left makes its inbox anew
    String inbox = "relay:{" + pair.nameB + "}:inbox";
    redis.command("XADD", inbox, "*", "from", pair.nameA, "n", "1", "wake", "cart/5");
    PartitionId woken = new PartitionId("cart", 5);
    await().atMost(Pair.BOUND).until(() -> pair.atB.woken().contains(woken));

    pair.close();
    assertThat(redis.command("KEYS", "*" + pair.nameA + "*")).isEmpty();
    assertThat(redis.command("KEYS", "*" + pair.nameB + "*")).isEmpty();
  }

  @Test
  void what_is_sent_to_a_node_that_is_gone_expires() {
    pair.a.wake("gone", Set.of(new PartitionId("cart", 1)));
    String inbox = "relay:{gone}:inbox";
    await().atMost(Pair.BOUND).until(() -> redis.command("EXISTS", inbox).equals("1"));
    await().atMost(Pair.BOUND).until(() -> Integer.parseInt(redis.command("TTL", inbox)) > 0);
  }

  @Test
  void entries_are_deleted_once_handed_over() {
    for (int i = 0; i < 1000; i++) {
      pair.a.send(pair.nameB, new Letter("id" + i, pair.nameA, "{\"i\":" + i + "}"));
    }
    pair.ready();
    await()
        .atMost(Pair.BOUND)
        .until(() -> redis.command("XLEN", "relay:{" + pair.nameB + "}:inbox").equals("0"));
  }
}
