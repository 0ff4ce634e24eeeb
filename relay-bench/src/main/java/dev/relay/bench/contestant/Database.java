package dev.relay.bench.contestant;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** The database that one contestant has to itself, on the server that all of them share. */
public record Database(String jdbcUrl, String user, String password) {
  /** A new connection in auto-commit mode; the caller closes it. */
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(jdbcUrl, user, password);
  }

  /** Runs these statements, for making tables and the like. */
  public void execute(String statements) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(statements);
    }
  }
}
