package dev.relay.cli.command.serve;

import dev.relay.Relay;
import dev.relay.RelayBuilder;
import dev.relay.cli.config.Session;
import dev.relay.cli.config.Setting;
import dev.relay.cli.config.Settings;
import dev.relay.cli.config.Value;
import dev.relay.cli.database.Database;
import dev.relay.cli.output.Terminal;
import dev.relay.cli.redis.RedisSettings;
import dev.relay.definition.ActorDefinitionReader;
import dev.relay.definition.FlowDefinitionReader;
import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import dev.relay.postgres.PostgresStores;
import dev.relay.redis.RedisConfig;
import dev.relay.server.RelayServer;
import dev.relay.store.Retention;
import dev.relay.transport.Carrier;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A running node: database, engine, HTTP. They start in this order and stop in the other. */
final class Node implements AutoCloseable {
  private final Database database;
  private final Relay relay;
  private final @Nullable RedisNode redis;
  private final RelayServer server;
  private final Terminal terminal;

  private Node(
      Database database,
      Relay relay,
      @Nullable RedisNode redis,
      RelayServer server,
      Terminal terminal) {
    this.database = database;
    this.relay = relay;
    this.redis = redis;
    this.server = server;
    this.terminal = terminal;
  }

  /**
   * Starts all of it; where one part can't, those before it are stopped again. The definitions are
   * read while the database starts: most of that time is waiting, and a mistake in them is told at
   * once.
   */
  static Node start(Session session) {
    URLClassLoader classes = ActorClasses.loader(session.settings().value(Setting.CLASSPATH));
    List<Path> folders = session.settings().value(Setting.ACTORS).paths();
    StartingDatabase starting = StartingDatabase.begin(session);
    try {
      if (!folders.isEmpty()) {
        new ActorDefinitionReader().readPaths(folders);
        new FlowDefinitionReader().readPaths(FlowDefinitionReader.beside(folders));
      }
      return start(session, starting.await(), classes);
    } catch (RuntimeException | Error e) {
      starting.abandon();
      throw e;
    }
  }

  private static Node start(Session session, Database database, URLClassLoader classes) {
    RedisConfig redisConfig = RedisSettings.read(session.settings());
    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    RelayBuilder builder =
        Relay.builder()
            .postgres(database.jdbcUrl(), database.user(), database.password())
            .classLoader(classes)
            .retention(retention(session.settings()))
            .metrics(metrics)
            .url(url(session))
            .host(session.settings().value(Setting.HOSTED_ACTORS).items().toArray(String[]::new));
    if (redisConfig == null) {
      builder.postgresTransport(!"off".equals(session.settings().value(Setting.LISTEN).text()));
    } else {
      builder.transport(RedisNode.transport(redisConfig));
    }
    List<Path> folders = session.settings().value(Setting.ACTORS).paths();
    builder.actors(folders.toArray(Path[]::new));
    builder.flows(FlowDefinitionReader.beside(folders).toArray(Path[]::new));
    Relay relay = start(session, builder);
    try {
      RelayServer server =
          RelayServer.builder()
              .relay(relay)
              .webhooks(classes)
              .host(session.settings().value(Setting.HOST).text())
              .port(session.settings().port(Setting.PORT))
              .metrics(metrics)
              .carrier(carrier(redisConfig, relay, database))
              .start();
      RedisNode redis = redisConfig == null ? null : RedisNode.start(redisConfig, relay);
      return new Node(database, relay, redis, server, session.terminal());
    } catch (RuntimeException | Error e) {
      relay.close();
      throw e;
    }
  }

  /** Where others reach this node, as far as that is known before it answers. */
  private static @Nullable String url(Session session) {
    String host = session.settings().value(Setting.HOST).text();
    int port = session.settings().port(Setting.PORT);
    return port == 0
        ? null
        : "http://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }

  /** What operators look at: Redis where there is one, on connections of the moment. */
  private static Carrier carrier(@Nullable RedisConfig redis, Relay relay, Database database) {
    return redis == null
        ? PostgresStores.carrier(database.dataSource())
        : RedisNode.carrier(redis, relay);
  }

  private static Retention retention(Settings settings) {
    return new Retention(
        settings.kept(Setting.RETENTION_JOURNAL), settings.kept(Setting.RETENTION_REQUESTS));
  }

  private static Relay start(Session session, RelayBuilder builder) {
    try {
      return builder.start();
    } catch (RelayException e) {
      if (e.code() != ErrorCode.DEFINITION_INVALID || e.remedy().isPresent()) {
        throw e;
      }
      Value classPath = session.settings().value(Setting.CLASSPATH);
      String searched = classPath.items().isEmpty() ? "nowhere beside Relay" : classPath.shown();
      throw RelayException.of(e.code(), String.valueOf(e.getMessage()))
          .violations(e.violations())
          .remedy(
              "classes are looked for in " + searched + "; --classpath FOLDER names another place")
          .cause(e)
          .build();
    }
  }

  Database database() {
    return database;
  }

  Relay relay() {
    return relay;
  }

  @Nullable RedisNode redis() {
    return redis;
  }

  int port() {
    return server.port();
  }

  /**
   * Stops when the process is told to stop. The hook ends the process itself, with 0: the JVM would
   * answer a signal with 143 or 130, and a node that was stopped as asked hasn't failed.
   */
  void stopWithProcess() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::stopAndHalt, "relay-stop"));
  }

  private void stopAndHalt() {
    int code = 0;
    try {
      terminal.err().println("Stopping: what was accepted is finished first ...");
      close();
      terminal.err().println("Stopped.");
    } catch (RuntimeException e) {
      terminal.err().println("error: stopping failed: " + e.getMessage());
      code = 1;
    }
    terminal.flush();
    Runtime.getRuntime().halt(code);
  }

  /** Waits for the end of the process. */
  void await() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    try (database;
        relay;
        redis;
        server) {
      // closed in the opposite order, each even where the one before it fails
    }
  }
}
