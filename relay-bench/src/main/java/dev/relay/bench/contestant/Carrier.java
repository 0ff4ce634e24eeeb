package dev.relay.bench.contestant;

import dev.relay.Relay;
import dev.relay.RelayBuilder;
import dev.relay.Subscription;
import dev.relay.redis.EventWindow;
import dev.relay.redis.RedisConfig;
import dev.relay.redis.RedisEvents;
import dev.relay.redis.RedisTransport;
import dev.relay.testkit.redis.RedisServer;
import org.jspecify.annotations.Nullable;

/** What nodes tell each other over; with Redis the stream of published events is kept too. */
enum Carrier {
  REDIS,
  POSTGRES;

  /** A Redis of its own, where one is needed. */
  @Nullable RedisServer server() {
    return this == REDIS ? RedisServer.start() : null;
  }

  /** Makes a node use it. */
  void use(RelayBuilder builder, @Nullable RedisServer server) {
    if (server == null) {
      builder.postgresTransport(true);
    } else {
      builder.transport(new RedisTransport(config(server)));
    }
  }

  /** What a node of {@code relay serve} does beside; returns what ends it. */
  static Runnable keepEvents(Relay relay, @Nullable RedisServer server) {
    if (server == null) {
      return () -> {};
    }
    RedisEvents events = RedisEvents.keep(config(server), relay.feed(), EventWindow.USUAL);
    Subscription wakeUps = relay.onPublished(events::wake);
    return () -> {
      wakeUps.close();
      events.close();
    };
  }

  static RedisConfig config(RedisServer server) {
    return RedisConfig.at(server.host(), server.port());
  }

  @Override
  public String toString() {
    return this == REDIS ? "redis" : "postgres";
  }
}
