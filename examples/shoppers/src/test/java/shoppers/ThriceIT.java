package shoppers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.RelayBuilder;
import dev.relay.cli.output.Style;
import dev.relay.redis.RedisConfig;
import dev.relay.redis.RedisTransport;
import dev.relay.testkit.redis.RedisServer;
import dev.relay.testkit.transport.HostileTransport;
import dev.relay.testkit.transport.HostileTransport.Malice;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Everything that two nodes tell each other arrives three times, and in any order. */
class ThriceIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @Test
  void where_every_message_comes_three_times_and_shuffled_the_books_are_the_same() {
    long seed = Long.getLong("shop.seed", System.nanoTime() & 0xffffff);
    System.out.println("seed " + seed);
    Plan plan = new Plan("thrice", seed, 8, Duration.ofSeconds(5), 8, 40, PATIENCE, true);
    try (RedisServer redis = RedisServer.start();
        OpenShop open = OpenShop.nodes(List.of(over(redis, seed), over(redis, seed + 1)))) {
      Report report = Simulated.of(plan, open.shop(PATIENCE), Screens.none());
      System.out.print(report.text(Style.PLAIN));
      assertThat(report.differences()).isEmpty();
      assertThat(report.orders()).isPositive();
    }
  }

  private static UnaryOperator<RelayBuilder> over(RedisServer redis, long seed) {
    return builder ->
        builder.transport(
            new HostileTransport(
                new RedisTransport(RedisConfig.at(redis.host(), redis.port())),
                seed,
                Malice.ALL_THRICE_AND_LATE));
  }
}
