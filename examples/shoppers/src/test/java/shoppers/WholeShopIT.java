package shoppers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.cli.output.Style;
import dev.relay.embedded.EmbeddedPostgres;
import dev.relay.testkit.redis.RedisServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The whole shop on several node processes while nodes are killed and Redis is emptied: afterwards
 * the books agree. A red run is played again with {@code -Dshop.seed=…}; the nodes' logs are in
 * {@code target/whole-shop/SEED}. {@code -Pchaos -Dchaos.minutes=10} runs it for longer.
 */
class WholeShopIT {
  private static final boolean LONG = Integer.getInteger("chaos.minutes", 0) > 0;
  private static final int NODES = LONG ? 3 : 2;

  /** Longer than any outage that is caused here, many times over. */
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  @Test
  void after_kills_and_an_emptied_redis_the_books_agree() {
    long seed = Long.getLong("shop.seed", System.nanoTime() & 0xffffff);
    Plan plan = new Plan("whole", seed, rate(), time(), 12, 40, PATIENCE, true);
    System.out.println("seed " + seed + ", " + plan.rate() + " visits a second for " + plan.time());
    Path folder = Path.of("target", "whole-shop", String.valueOf(seed)).toAbsolutePath();
    try (EmbeddedPostgres postgres = EmbeddedPostgres.temporary();
        RedisServer redis = RedisServer.start()) {
      List<NodeProcess> nodes = start(folder, environment(postgres, redis, folder));
      try {
        Report report = simulate(plan, nodes, redis, seed);
        System.out.print(report.text(Style.PLAIN));
        assertThat(report.differences()).isEmpty();
        assertThat(report.orders()).isPositive();
      } finally {
        nodes.forEach(NodeProcess::close);
      }
    }
  }

  private static Report simulate(Plan plan, List<NodeProcess> nodes, RedisServer redis, long seed) {
    List<String> urls = nodes.stream().map(NodeProcess::url).toList();
    return Simulated.of(
        plan,
        new Shop(urls, PATIENCE),
        Screens.none(),
        () -> new Killings(nodes, redis, seed, plan.time()));
  }

  /** The first migrates the database, so that the others needn't wait for each other. */
  private static List<NodeProcess> start(Path folder, Map<String, String> environment) {
    List<NodeProcess> nodes = new ArrayList<>();
    for (int i = 0; i < NODES; i++) {
      nodes.add(new NodeProcess(folder, environment));
      if (i == 0) {
        nodes.get(0).awaitReady();
      }
    }
    nodes.forEach(NodeProcess::awaitReady);
    return nodes;
  }

  private static Map<String, String> environment(
      EmbeddedPostgres postgres, RedisServer redis, Path folder) {
    return Map.of(
        "POSTGRES_HOST", postgres.host(),
        "POSTGRES_PORT", String.valueOf(postgres.port()),
        "POSTGRES_DATABASE", postgres.database(),
        "POSTGRES_USER", postgres.user(),
        "POSTGRES_PASSWORD", postgres.password(),
        "REDIS_HOST", "127.0.0.1",
        "REDIS_PORT", String.valueOf(redis.port()),
        "SHOP_OUTBOX", folder.resolve("outbox").toString());
  }

  private static Duration time() {
    return LONG ? Duration.ofMinutes(Integer.getInteger("chaos.minutes")) : Duration.ofSeconds(9);
  }

  private static double rate() {
    return Double.parseDouble(System.getProperty("shop.rate", "6"));
  }
}
