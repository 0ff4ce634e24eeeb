package dev.relay.redis;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where Redis is and how to get in. Immutable; start with {@link #at}, {@link #sentinel} or {@link
 * #cluster}.
 *
 * @param kind how Redis is run
 * @param endpoints the server itself, the Sentinels, or some nodes of the Cluster
 * @param master the name that Sentinels know the master by; null without Sentinel
 * @param user the ACL user; null for the default one
 * @param password null where none is asked for
 * @param sentinelPassword what the Sentinels themselves ask for; null where nothing
 * @param database number of the database, 0 unless said otherwise; a Cluster has only 0
 * @param tls whether connections are encrypted; the server's certificate is then verified
 * @param trust a PEM file with the certificates to trust; null for those that Java trusts
 * @param prefix what all keys and channels start with, {@code relay} unless said otherwise
 * @param timeout how long a connect or a command may take, 3 s unless said otherwise
 */
public record RedisConfig(
    Kind kind,
    List<Endpoint> endpoints,
    @Nullable String master,
    @Nullable String user,
    @Nullable String password,
    @Nullable String sentinelPassword,
    int database,
    boolean tls,
    @Nullable Path trust,
    String prefix,
    Duration timeout) {
  /** How Redis is run. */
  public enum Kind {
    /** One server, or a name that always leads to the one that takes writes. */
    STANDALONE,
    /** A master and replicas, watched by Sentinels that say who is master. */
    SENTINEL,
    /** A Cluster, its slots spread over several masters. */
    CLUSTER
  }

  /** Redis's own port. */
  public static final int PORT = 6379;

  /** The port of Sentinels. */
  public static final int SENTINEL_PORT = 26379;

  /**
   * Chosen: a healthy Redis answers within a millisecond, a pause for its snapshot's fork takes
   * some hundred. Three seconds of silence are an outage.
   */
  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(200);

  public RedisConfig {
    endpoints = List.copyOf(endpoints);
    if (endpoints.isEmpty()) {
      throw new IllegalArgumentException("at least one address of Redis is needed");
    }
    if (database < 0 || (kind == Kind.CLUSTER && database != 0)) {
      throw new IllegalArgumentException(
          "the database is a number from 0, and 0 in a Cluster; found " + database);
    }
    if (prefix.isEmpty() || prefix.indexOf('{') >= 0 || prefix.indexOf('}') >= 0) {
      throw new IllegalArgumentException("a prefix is text without { and }, found: " + prefix);
    }
    if (timeout.compareTo(SHORTEST_TIMEOUT) < 0) {
      throw new IllegalArgumentException("a time-out is 200 ms at least, found " + timeout);
    }
  }

  /** One server. */
  public static RedisConfig at(String host, int port) {
    return of(Kind.STANDALONE, List.of(new Endpoint(host, port)), null);
  }

  /** A master that Sentinels watch under this name. */
  public static RedisConfig sentinel(String master, List<Endpoint> sentinels) {
    return of(Kind.SENTINEL, sentinels, master);
  }

  /** A Cluster, of which some nodes are known. */
  public static RedisConfig cluster(List<Endpoint> nodes) {
    return of(Kind.CLUSTER, nodes, null);
  }

  private static RedisConfig of(Kind kind, List<Endpoint> endpoints, @Nullable String master) {
    return new RedisConfig(
        kind, endpoints, master, null, null, null, 0, false, null, "relay", TIMEOUT);
  }

  /** The same with a user and a password; null stands for none. */
  public RedisConfig login(@Nullable String newUser, @Nullable String newPassword) {
    return with(
        changed -> {
          changed.user = newUser;
          changed.password = newPassword;
        });
  }

  /** The same with a password for the Sentinels themselves. */
  public RedisConfig sentinelLogin(@Nullable String newPassword) {
    return with(changed -> changed.sentinelPassword = newPassword);
  }

  /** The same with another database of the server. */
  public RedisConfig inDatabase(int number) {
    return with(changed -> changed.database = number);
  }

  /** The same, encrypted; trusting the certificates of a PEM file, or those that Java trusts. */
  public RedisConfig encrypted(@Nullable Path trusted) {
    return with(
        changed -> {
          changed.tls = true;
          changed.trust = trusted;
        });
  }

  /** The same with keys that start with another word: for several Relays on one Redis. */
  public RedisConfig prefixed(String newPrefix) {
    return with(changed -> changed.prefix = newPrefix);
  }

  /** The same with another time-out of commands. */
  public RedisConfig within(Duration newTimeout) {
    return with(changed -> changed.timeout = newTimeout);
  }

  private RedisConfig with(Consumer<Changed> change) {
    Changed changed = new Changed(this);
    change.accept(changed);
    return new RedisConfig(
        kind,
        endpoints,
        master,
        changed.user,
        changed.password,
        changed.sentinelPassword,
        changed.database,
        changed.tls,
        changed.trust,
        changed.prefix,
        changed.timeout);
  }

  /** What may change of a configuration, while it does. */
  private static final class Changed {
    private @Nullable String user;
    private @Nullable String password;
    private @Nullable String sentinelPassword;
    private int database;
    private boolean tls;
    private @Nullable Path trust;
    private String prefix;
    private Duration timeout;

    Changed(RedisConfig config) {
      user = config.user;
      password = config.password;
      sentinelPassword = config.sentinelPassword;
      database = config.database;
      tls = config.tls;
      trust = config.trust;
      prefix = config.prefix;
      timeout = config.timeout;
    }
  }

  /** Where it is, for people: no secrets. */
  public String place() {
    String where = String.join(",", endpoints.stream().map(Endpoint::toString).toList());
    String scheme = tls ? " (TLS)" : "";
    return switch (kind) {
      case STANDALONE -> where + (database == 0 ? "" : "/" + database) + scheme;
      case SENTINEL -> "master \"" + master + "\" by Sentinel " + where + scheme;
      case CLUSTER -> "Cluster " + where + scheme;
    };
  }

  /** Without secrets. */
  @Override
  public String toString() {
    return "RedisConfig[" + place() + ", prefix " + prefix + "]";
  }
}
