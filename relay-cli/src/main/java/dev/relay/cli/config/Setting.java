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
  POSTGRES_HOST("postgres.host", "POSTGRES_HOST", "localhost"),
  POSTGRES_PORT("postgres.port", "POSTGRES_PORT", "5432"),
  POSTGRES_DATABASE("postgres.database", "POSTGRES_DATABASE", "relay"),
  POSTGRES_USER("postgres.user", "POSTGRES_USER", "relay"),
  POSTGRES_PASSWORD("postgres.password", "POSTGRES_PASSWORD", "");

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
    return this == POSTGRES_PASSWORD;
  }

  boolean list() {
    return this == ACTORS || this == CLASSPATH || this == HOSTED_ACTORS;
  }

  boolean postgres() {
    return key.startsWith("postgres.");
  }
}
