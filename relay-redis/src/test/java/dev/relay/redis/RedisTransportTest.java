package dev.relay.redis;

import dev.relay.testkit.redis.RedisServer;
import dev.relay.testkit.transport.Carrier;
import dev.relay.testkit.transport.TransportContract;
import dev.relay.transport.Transport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract on one Redis that is killed and comes back empty. */
class RedisTransportTest extends TransportContract {
  private static RedisServer redis = RedisServer.start();

  @BeforeAll
  static void run_redis() {
    if (!redis.running()) {
      redis = RedisServer.start();
    }
  }

  @AfterAll
  static void stop_redis() {
    redis.close();
  }

  @Override
  protected Carrier carrier() {
    return new Carrier() {
      @Override
      public Transport transport() {
        return new RedisTransport(RedisConfig.at(redis.host(), redis.port()));
      }

      @Override
      public void lose() {
        redis.kill();
      }

      @Override
      public void restore() {
        redis.restartEmpty();
      }

      @Override
      public void close() {
        if (redis.running()) {
          redis.flush();
        } else {
          redis.restartEmpty();
        }
      }
    };
  }
}
