package dev.relay.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.relay.testkit.redis.RedisCluster;
import dev.relay.testkit.redis.RedisSentinels;
import dev.relay.transport.PartitionId;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Redis in several processes. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TopologyTest {
  @Test
  void sentinels_name_the_master_and_the_next_one_when_it_dies() {
    try (RedisSentinels redis = RedisSentinels.start()) {
      Endpoint sentinel = new Endpoint(redis.sentinel().host(), redis.sentinel().port());
      RedisConfig config =
          RedisConfig.sentinel(RedisSentinels.MASTER, List.of(sentinel))
              .within(Duration.ofSeconds(1));
      try (Pair pair = new Pair(config).ready()) {
        pair.atB.clear();
        redis.master().kill();
        // not: until it is unreachable, because the next master may be there by now
        await().atMost(Pair.BOUND).until(() -> pair.atB.interruptions() > 0);
        pair.ready();
        assertThat(redis.replica().command("INFO", "replication")).contains("role:master");
      }
    }
  }

  @Test
  void a_cluster_has_inboxes_on_all_its_nodes() {
    try (RedisCluster redis = RedisCluster.start()) {
      Endpoint known = new Endpoint(redis.nodes().get(0).host(), redis.nodes().get(0).port());
      RedisConfig config = RedisConfig.cluster(List.of(known)).within(Duration.ofSeconds(1));
      for (int i = 0; i < 4; i++) {
        try (Pair pair = new Pair(config).ready()) {
          int before = pair.atB.announcements();
          pair.a.announce();
          await().atMost(Pair.BOUND).until(() -> pair.atB.announcements() > before);
        }
      }
      try (Pair pair = new Pair(config).ready()) {
        redis.nodes().get(1).kill();
        await()
            .atMost(Pair.BOUND)
            .until(
                () -> {
                  pair.a.announce();
                  pair.a.wake(pair.nameB, Set.of(new PartitionId("cart", 1)));
                  return !pair.a.health().reachable();
                });
        redis.nodes().get(1).restartEmpty();
        pair.ready();
      }
    }
  }
}
