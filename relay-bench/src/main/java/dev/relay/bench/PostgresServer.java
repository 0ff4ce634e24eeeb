package dev.relay.bench;

import dev.relay.bench.contestant.Database;
import dev.relay.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The one server that all contestants share, with the settings that {@code relay serve} gives it;
 * each contestant gets a database of its own, each round a new one.
 */
final class PostgresServer implements AutoCloseable {
  private final EmbeddedPostgres postgres;
  private final Path data;

  private PostgresServer(EmbeddedPostgres postgres, Path data) {
    this.postgres = postgres;
    this.data = data;
  }

  /** Starts a server in this folder, which is made when it isn't there. */
  static PostgresServer start(Path data) throws IOException {
    Files.createDirectories(data);
    return new PostgresServer(EmbeddedPostgres.at(data).start(), data);
  }

  /** Where the server keeps its data: the disk whose flushes bound every commit. */
  Path data() {
    return data;
  }

  long pid() {
    return postgres.pid();
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
  }

  /** A new, empty database, after a checkpoint, so that none pays for another's dirty pages. */
  Database create(String name) throws SQLException {
    execute("CREATE DATABASE " + name);
    execute("CHECKPOINT");
    String url = "jdbc:postgresql://%s:%d/%s".formatted(postgres.host(), postgres.port(), name);
    return new Database(url, postgres.user(), postgres.password());
  }

  void drop(String name) throws SQLException {
    execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The single number that a query in this database gives. */
  static long number(Database database, String query) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  @Override
  public void close() {
    postgres.close();
  }
}
