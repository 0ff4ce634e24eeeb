package dev.relay.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Several statements that are written together or not at all. */
final class Transaction {
  private Transaction() {}

  /** What happens within it. */
  interface Step {
    boolean run(Connection connection) throws SQLException;
  }

  /**
   * Runs a step on a connection of its own and commits; rolls back where it throws.
   *
   * @return what the step returned
   */
  static boolean run(DataSource dataSource, Step step) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try {
        boolean result = step.run(connection);
        connection.commit();
        return result;
      } catch (SQLException | RuntimeException failure) {
        connection.rollback();
        throw failure;
      } finally {
        connection.setAutoCommit(true);
      }
    }
  }
}
