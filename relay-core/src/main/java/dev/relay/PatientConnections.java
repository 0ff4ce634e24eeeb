package dev.relay;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * Opens a pool's connections, and tries again by itself while the server can't be reached. The pool
 * waits twice as long after each failure, up to five seconds, so that a node came back that much
 * later than its database; here the next try is a tenth of a second away. The first failure of an
 * outage is told, for the pool's messages. Thread-safe.
 */
final class PatientConnections implements DataSource {
  private static final Duration BETWEEN = Duration.ofMillis(100);

  /** Chosen: after this long the pool hears of it again. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** SQLSTATEs that pass by themselves: no connection; the server starts, stops or crashed. */
  private static final String PASSING = "08001 08004 08006 57P01 57P02 57P03";

  private final DataSource server;
  private volatile boolean away;

  /**
   * @param server opens one connection, or fails
   */
  PatientConnections(DataSource server) {
    this.server = server;
  }

  @Override
  public Connection getConnection() throws SQLException {
    long start = System.nanoTime();
    while (true) {
      try {
        Connection connection = server.getConnection();
        away = false;
        return connection;
      } catch (SQLException failure) {
        boolean first = !away;
        away = true;
        if (first || !passes(failure) || System.nanoTime() - start > PATIENCE.toNanos()) {
          throw failure;
        }
        LockSupport.parkNanos(BETWEEN.toNanos());
        if (Thread.currentThread().isInterrupted()) {
          throw failure;
        }
      }
    }
  }

  private static boolean passes(SQLException failure) {
    String state = failure.getSQLState();
    return state != null && PASSING.contains(state);
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    return server.getConnection(user, password);
  }

  @Override
  public PrintWriter getLogWriter() throws SQLException {
    return server.getLogWriter();
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    server.setLogWriter(out);
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    server.setLoginTimeout(seconds);
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return server.getLoginTimeout();
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getLogger(Logger.GLOBAL_LOGGER_NAME);
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return server.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return server.isWrapperFor(type);
  }
}
