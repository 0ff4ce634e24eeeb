package dev.relay.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for the catalog's notifications on a connection of its own, and opens another when that
 * one breaks. One thread waits, any thread may close.
 *
 * <pre>
 *   deaf --(opened)--> listening --(broken)--> deaf, for a pause that doubles up to a limit
 *   any  --(close)--> closed
 * </pre>
 */
final class CatalogEar implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CatalogEar.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private final @Nullable ConnectionSource source;
  private final Object lock = new Object();
  private @Nullable Connection connection;
  private boolean closed;
  private boolean reported;
  private Duration pause = FIRST_PAUSE;
  private long tryAgainAt = System.nanoTime();

  /**
   * An ear on this source, or one that is deaf for good.
   *
   * @param source absent where only time is to be waited for
   */
  CatalogEar(@Nullable ConnectionSource source) {
    this.source = source;
  }

  /**
   * Returns when the catalog may have changed: at a notification, after listening has begun (what
   * happened before wasn't heard), at the latest after this time, or when closed.
   */
  void waitForNews(Duration longest) {
    @Nullable Connection listening = connection();
    if (listening != null) {
      listen(listening, longest);
    } else if (!opens()) {
      pass(longest);
    }
  }

  /** Cuts the connection: a thread that waits on it returns at once. */
  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      lock.notifyAll();
      drop();
    }
  }

  private void listen(Connection listening, Duration longest) {
    try {
      PGNotification[] heard =
          listening
              .unwrap(PGConnection.class)
              .getNotifications((int) Math.max(1, longest.toMillis()));
      LOG.trace("{} notifications", heard == null ? 0 : heard.length);
      pause = FIRST_PAUSE;
    } catch (SQLException failure) {
      broken(failure);
    }
  }

  private void pass(Duration time) {
    synchronized (lock) {
      try {
        if (!closed) {
          lock.wait(Math.max(1, time.toMillis()));
        }
      } catch (InterruptedException interrupted) {
        closed = true; // the thread that waits is ours, and only close() interrupts it
      }
    }
  }

  private @Nullable Connection connection() {
    synchronized (lock) {
      return connection;
    }
  }

  private boolean opens() {
    if (source == null || System.nanoTime() - tryAgainAt < 0) {
      return false;
    }
    try {
      begin(source.open());
      return true;
    } catch (SQLException failure) {
      broken(failure);
      return false;
    }
  }

  private void begin(Connection opened) throws SQLException {
    try (Statement statement = opened.createStatement()) {
      statement.execute("LISTEN relay_catalog");
    } catch (SQLException failure) {
      opened.close();
      throw failure;
    }
    synchronized (lock) {
      connection = opened;
      if (closed) {
        drop();
      }
    }
    reported = false;
  }

  private void broken(SQLException failure) {
    synchronized (lock) {
      drop();
      if (closed) {
        return;
      }
    }
    tryAgainAt = System.nanoTime() + pause.toNanos();
    pause = pause.multipliedBy(2);
    pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    if (!reported) {
      reported = true;
      LOG.info("Not listening for catalog changes, polling for them: {}", failure.getMessage());
    }
  }

  /** Aborts rather than closes: closing would wait for the thread that reads. */
  private void drop() {
    @Nullable Connection old = connection;
    connection = null;
    if (old != null) {
      try {
        old.abort(Runnable::run);
      } catch (SQLException ignored) {
        LOG.trace("the connection was gone already", ignored);
      }
    }
  }
}
