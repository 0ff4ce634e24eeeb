package dev.relay.cli.database;

import dev.relay.cli.config.Session;
import dev.relay.embedded.EmbeddedPostgres;
import dev.relay.embedded.RunningPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A database that takes connections, with what is needed to connect. Closing it stops a server that
 * was started for it. Not thread-safe.
 */
public final class Database implements AutoCloseable {
  private final String jdbcUrl;
  private final String user;
  private final String password;
  private final String place;
  private final @Nullable EmbeddedPostgres server;

  Database(
      String jdbcUrl,
      String user,
      String password,
      String place,
      @Nullable EmbeddedPostgres server) {
    this.jdbcUrl = jdbcUrl;
    this.user = user;
    this.password = password;
    this.place = place;
    this.server = server;
  }

  /**
   * The database for a short command.
   *
   * @throws dev.relay.failure.RelayException {@code DATABASE_UNREACHABLE}, for one's own
   * @throws dev.relay.embedded.EmbeddedPostgresException where the project's can't be started
   */
  public static Database open(Session session) {
    if (session.settings().ownPostgres()) {
      return OwnPostgres.open(session.settings());
    }
    Path folder = folder(session);
    return RunningPostgres.on(folder).map(Database::borrowed).orElseGet(() -> started(folder));
  }

  /** The database for a node, which is the only user of the project's own. */
  public static Database serve(Session session) {
    return session.settings().ownPostgres()
        ? OwnPostgres.open(session.settings())
        : started(folder(session));
  }

  /** Whether there is one already, or one is configured: asking needn't make one. */
  public static boolean exists(Session session) {
    return session.settings().ownPostgres() || Files.isDirectory(folder(session).resolve("data"));
  }

  /** Where the project's own database is kept. */
  public static Path folder(Session session) {
    return session.data().resolve("postgres");
  }

  private static Database borrowed(RunningPostgres running) {
    String place = "127.0.0.1:" + running.port() + "/" + running.database();
    return new Database(running.jdbcUrl(), running.user(), running.password(), place, null);
  }

  private static Database started(Path folder) {
    EmbeddedPostgres server = EmbeddedPostgres.at(folder).start();
    String place = server.host() + ":" + server.port() + "/" + server.database();
    return new Database(server.jdbcUrl(), server.user(), server.password(), place, server);
  }

  public String jdbcUrl() {
    return jdbcUrl;
  }

  public String user() {
    return user;
  }

  public String password() {
    return password;
  }

  /** {@code host:port/database}, for people. */
  public String place() {
    return place;
  }

  /** Whether it is the project's own. */
  public boolean embedded() {
    return server != null;
  }

  /** Connections without a pool: a short command takes one or two. */
  public DataSource dataSource() {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(jdbcUrl);
    source.setUser(user);
    source.setPassword(password);
    source.setApplicationName("relay");
    source.setConnectTimeout(OwnPostgres.CONNECT_SECONDS);
    return source;
  }

  @Override
  public void close() {
    if (server != null) {
      server.close();
    }
  }
}
