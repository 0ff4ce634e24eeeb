package dev.relay.redis;

import io.lettuce.core.RedisURI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A configuration in the words of the client. */
final class Addresses {
  /** What {@code CLIENT LIST} shows. */
  private static final String CLIENT_NAME = "relay";

  private Addresses() {}

  /** One address, or those of a Cluster's nodes. */
  static List<RedisURI> of(RedisConfig config) {
    if (config.kind() == RedisConfig.Kind.SENTINEL) {
      return List.of(sentinels(config));
    }
    List<RedisURI> addresses = new ArrayList<>();
    for (Endpoint endpoint : config.endpoints()) {
      RedisURI.Builder address = RedisURI.builder().withHost(endpoint.host());
      address.withPort(endpoint.port()).withDatabase(config.database());
      addresses.add(login(address, config, config.user(), config.password()));
    }
    return addresses;
  }

  private static RedisURI sentinels(RedisConfig config) {
    RedisURI.Builder master = RedisURI.builder();
    for (Endpoint endpoint : config.endpoints()) {
      RedisURI.Builder sentinel = RedisURI.builder().withHost(endpoint.host());
      sentinel.withPort(endpoint.port());
      master.withSentinel(login(sentinel, config, null, config.sentinelPassword()));
    }
    master.withSentinelMasterId(String.valueOf(config.master())).withDatabase(config.database());
    return login(master, config, config.user(), config.password());
  }

  private static RedisURI login(
      RedisURI.Builder address,
      RedisConfig config,
      @Nullable String user,
      @Nullable String password) {
    address.withSsl(config.tls()).withTimeout(config.timeout()).withClientName(CLIENT_NAME);
    if (password != null && user != null) {
      address.withAuthentication(user, password.toCharArray());
    } else if (password != null) {
      address.withPassword(password.toCharArray());
    }
    return address.build();
  }
}
