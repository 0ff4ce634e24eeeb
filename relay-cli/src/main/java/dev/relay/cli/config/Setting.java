package dev.relay.cli.config;

import org.jspecify.annotations.Nullable;

/** Everything that can be configured: its key in {@code relay.yaml}, its variable, its default. */
public enum Setting {
  /** Where a running node answers. */
  URL("url", "RELAY_URL", null),
  /** The address a node listens on. */
  HOST("host", "RELAY_HOST", "127.0.0.1"),
  /** The port a node listens on. */
  PORT("port", "RELAY_PORT", "3000"),
  /** The folder of the project's own database. */
  DATA("data", "RELAY_DATA", ".relay"),
  /** Folders of actors, one or a list. */
  ACTORS("actors", "RELAY_ACTORS", null),
  /** Names of the actors that a node hosts, one or a list; all that are defined unless given. */
  HOSTED_ACTORS("hosted-actors", "RELAY_HOSTED_ACTORS", null),
  /** Whether LISTEN works: {@code off} behind a Postgres pooler in transaction mode. */
  LISTEN("listen", "RELAY_LISTEN", "on"),
  /** Where the classes named in actor definitions are: folders, jars, {@code lib/*}. */
  CLASSPATH("classpath", "RELAY_CLASSPATH", null),
  /** How long the journal is kept, and with it the event stream. */
  RETENTION_JOURNAL("retention.journal", "RELAY_RETENTION_JOURNAL", "30d"),
  /** How long the answers of requests with an id are kept. */
  RETENTION_REQUESTS("retention.requests", "RELAY_RETENTION_REQUESTS", "7d"),
  POSTGRES_HOST("postgres.host", "POSTGRES_HOST", "localhost"),
  POSTGRES_PORT("postgres.port", "POSTGRES_PORT", "5432"),
  POSTGRES_DATABASE("postgres.database", "POSTGRES_DATABASE", "relay"),
  POSTGRES_USER("postgres.user", "POSTGRES_USER", "relay"),
  POSTGRES_PASSWORD("postgres.password", "POSTGRES_PASSWORD", ""),
  REDIS_HOST("redis.host", "REDIS_HOST", "localhost"),
  REDIS_PORT("redis.port", "REDIS_PORT", "6379"),
  REDIS_USERNAME("redis.username", "REDIS_USERNAME", ""),
  REDIS_PASSWORD("redis.password", "REDIS_PASSWORD", ""),
  REDIS_DATABASE("redis.database", "REDIS_DATABASE", "0"),
  /** Whether connections are encrypted. */
  REDIS_TLS("redis.tls", "REDIS_TLS", "false"),
  /** A PEM file of certificates to trust, where Java's own don't do. */
  REDIS_CA("redis.ca", "REDIS_CA", null),
  /** Sentinels, {@code host:port} separated by commas; instead of host and port. */
  REDIS_SENTINELS("redis.sentinels", "REDIS_SENTINELS", null),
  /** The name by which Sentinels know the master. */
  REDIS_MASTER("redis.master", "REDIS_MASTER", "mymaster"),
  REDIS_SENTINEL_PASSWORD("redis.sentinel-password", "REDIS_SENTINEL_PASSWORD", ""),
  /** Nodes of a Cluster, {@code host:port} separated by commas; instead of host and port. */
  REDIS_CLUSTER("redis.cluster", "REDIS_CLUSTER", null),
  /** What the names of all keys start with: for several Relays on one Redis. */
  REDIS_PREFIX("redis.prefix", "REDIS_PREFIX", "relay");

  private final String key;
  private final String variable;
  private final @Nullable String defaultText;

  Setting(String key, String variable, @Nullable String defaultText) {
    this.key = key;
    this.variable = variable;
    this.defaultText = defaultText;
  }

  /** The name in {@code relay.yaml}; a dot stands for a level. */
  public String key() {
    return key;
  }

  /** The environment variable. */
  public String variable() {
    return variable;
  }

  @Nullable String defaultText() {
    return defaultText;
  }

  /** Whether the value must never be shown. */
  public boolean secret() {
    return this == POSTGRES_PASSWORD || this == REDIS_PASSWORD || this == REDIS_SENTINEL_PASSWORD;
  }

  boolean list() {
    return this == ACTORS || this == CLASSPATH || this == HOSTED_ACTORS;
  }

  boolean postgres() {
    return key.startsWith("postgres.");
  }

  boolean redis() {
    return key.startsWith("redis.");
  }
}
