package dev.relay.chaos.cluster;

import dev.relay.chaos.node.NodeSettings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What nodes find around them.
 *
 * @param redis where the carrier is one on Redis
 */
public record Surroundings(
    Database database, @Nullable RedisStore redis, Carrier carrier, long seed) {
  NodeSettings settings(int node) {
    return new NodeSettings(
        database.urlOfNodes(),
        database.user(),
        database.password(),
        Path.of("actors").toAbsolutePath().toString(),
        redis == null ? 0 : redis.port(),
        carrier == Carrier.SENTINEL,
        carrier.isHostile() ? seed * 31 + node : 0);
  }
}
