package dev.relay.chaos.node;

import dev.relay.RelayBuilder;
import dev.relay.postgres.PostgresStores;
import dev.relay.redis.Endpoint;
import dev.relay.redis.RedisConfig;
import dev.relay.redis.RedisTransport;
import dev.relay.testkit.redis.RedisSentinels;
import dev.relay.testkit.transport.HostileTransport;
import dev.relay.transport.Transport;
import java.sql.DriverManager;
import java.util.List;
import org.postgresql.ds.PGSimpleDataSource;

/** What a node's notices and letters go through. */
final class Transports {
  private Transports() {}

  static RelayBuilder choose(RelayBuilder builder, NodeSettings settings) {
    if (settings.redisPort() == 0 && settings.malice() == 0) {
      return builder.postgresTransport(true);
    }
    Transport honest =
        settings.redisPort() == 0 ? postgres(settings) : new RedisTransport(redis(settings));
    return builder.transport(
        settings.malice() == 0 ? honest : new HostileTransport(honest, settings.malice()));
  }

  private static RedisConfig redis(NodeSettings settings) {
    String host = "127.0.0.1";
    return settings.sentinel()
        ? RedisConfig.sentinel(
            RedisSentinels.MASTER, List.of(new Endpoint(host, settings.redisPort())))
        : RedisConfig.at(host, settings.redisPort());
  }

  private static Transport postgres(NodeSettings settings) {
    PGSimpleDataSource connections = new PGSimpleDataSource();
    connections.setUrl(settings.urlOf(ProcessHandle.current().pid()));
    connections.setUser(settings.user());
    connections.setPassword(settings.password());
    connections.setApplicationName("relay-letters");
    return PostgresStores.transport(
        connections,
        () ->
            DriverManager.getConnection(
                settings.urlOf(ProcessHandle.current().pid()),
                settings.user(),
                settings.password()));
  }
}
