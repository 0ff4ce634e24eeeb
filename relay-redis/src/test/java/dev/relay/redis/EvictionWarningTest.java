package dev.relay.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.relay.testkit.redis.RedisServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A Redis that may throw streams away is warned of, once for each start of a node. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class EvictionWarningTest {
  private static final Duration BOUND = Duration.ofSeconds(30);
  private final Logger logger = (Logger) LoggerFactory.getLogger(EvictionWarning.class);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeEach
  void listen() {
    log.start();
    logger.addAppender(log);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(log);
  }

  @Test
  void a_policy_that_evicts_is_warned_of_once_though_the_connection_is_made_again() {
    try (RedisServer redis = RedisServer.start("--maxmemory-policy", "volatile-ttl");
        RedisTransport transport = new RedisTransport(config(redis))) {
      transport.start("n", new Silent());
      await().atMost(BOUND).until(() -> !said().isEmpty());
      redis.kill();
      await().atMost(BOUND).until(() -> !transport.health().reachable());
      redis.restartEmpty();
      await().atMost(BOUND).until(() -> transport.health().reachable());
      // a second look would have been answered before this
      await().atMost(BOUND).until(() -> !redis.command("EXISTS", "relay:{n}:alive").equals("0"));

      assertThat(said())
          .singleElement()
          .asString()
          .contains("127.0.0.1:" + redis.port(), "volatile-ttl", "set maxmemory-policy noeviction");
    }
  }

  @Test
  void noeviction_is_what_is_wanted_and_nothing_is_said() {
    try (RedisServer redis = RedisServer.start();
        RedisTransport transport = new RedisTransport(config(redis))) {
      transport.start("n", new Silent());
      await().atMost(BOUND).until(() -> transport.health().reachable());
      await().atMost(BOUND).until(() -> redis.command("INFO", "commandstats").contains("_info:"));

      assertThat(said()).isEmpty();
    }
  }

  private static RedisConfig config(RedisServer redis) {
    return RedisConfig.at("127.0.0.1", redis.port()).within(Duration.ofMillis(900));
  }

  private List<String> said() {
    return List.copyOf(log.list).stream().map(ILoggingEvent::getFormattedMessage).toList();
  }
}
