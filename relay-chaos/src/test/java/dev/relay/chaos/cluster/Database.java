package dev.relay.chaos.cluster;

import dev.relay.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A real Postgres behind a proxy: nodes come through the proxy, the oracle straight. */
public final class Database implements AutoCloseable {
  private static final int MOST_TRIES = 80;

  private final Path folder;
  private final TcpProxy network;
  private volatile EmbeddedPostgres postgres;

  /** Starts one on a folder. */
  public Database(Path folder) {
    this.folder = folder;
    this.postgres = start(0);
    this.network = new TcpProxy(postgres.port());
  }

  private EmbeddedPostgres start(int port) {
    return EmbeddedPostgres.at(folder).port(port).setting("max_connections", "200").start();
  }

  /** The way the nodes come. */
  public TcpProxy network() {
    return network;
  }

  String urlOfNodes() {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(network.port(), postgres.database());
  }

  String user() {
    return postgres.user();
  }

  String password() {
    return postgres.password();
  }

  /** Stops it in order, its connections cut, and starts it again after a while. */
  public void restart(Runnable whileDown) {
    int port = postgres.port();
    postgres.close();
    whileDown.run();
    postgres = start(port);
  }

  /** Ends it at once; it recovers and is there again within a second or two. */
  public void crash() {
    Signal.QUIT.to(postgres.pid());
  }

  /** Ends every connection of a node, from the inside. */
  public void terminateBackends() {
    rowsAtLast(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            + " WHERE application_name LIKE 'relay%' AND pid <> pg_backend_pid()");
  }

  /** A lock that is held until it is closed. */
  public interface Held extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Keeps everybody from joining, renewing and removing, but not from reading who lives: whoever is
   * taken for dead can't find it out by asking.
   */
  public Held holdLeases() {
    try {
      Connection connection = connect();
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute("LOCK TABLE relay.nodes IN SHARE MODE");
      }
      return () -> {
        try {
          connection.close();
        } catch (SQLException failure) {
          throw new IllegalStateException("the lock on the leases stays", failure);
        }
      };
    } catch (SQLException failure) {
      throw new IllegalStateException("the leases can't be held", failure);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
  }

  /** Runs statements that return nothing. */
  public void execute(String statements) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(statements);
    } catch (SQLException failure) {
      throw new IllegalStateException(statements, failure);
    }
  }

  /** As {@link #rows}, tried again while the server comes up. */
  public List<List<String>> rowsAtLast(String query) {
    for (int tries = 1; ; tries++) {
      try {
        return rows(query);
      } catch (IllegalStateException down) {
        if (tries == MOST_TRIES) {
          throw down;
        }
        LockSupport.parkNanos(Duration.ofMillis(250).toNanos());
      }
    }
  }

  /** The rows of a query, each a list of texts. */
  public List<List<String>> rows(String query) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      List<List<String>> all = new ArrayList<>();
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        List<String> row = new ArrayList<>(columns);
        for (int i = 1; i <= columns; i++) {
          row.add(String.valueOf(rows.getString(i)));
        }
        all.add(row);
      }
      return all;
    } catch (SQLException failure) {
      throw new IllegalStateException(query, failure);
    }
  }

  @Override
  public void close() {
    network.close();
    postgres.close();
  }
}
