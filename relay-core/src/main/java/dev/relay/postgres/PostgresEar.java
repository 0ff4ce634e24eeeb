package dev.relay.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for notifications on a connection of its own, and opens another when that one breaks. One
 * thread waits, any thread may close.
 *
 * <pre>
 *   deaf --(opened)--> listening --(broken)--> deaf, for a pause that doubles up to a limit
 *   any  --(close)--> closed
 * </pre>
 */
final class PostgresEar implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresEar.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  /**
   * What a wait came to.
   *
   * @param opened whether listening has just begun: what happened before wasn't heard
   * @param notifications what was heard
   */
  record Heard(boolean opened, List<PGNotification> notifications) {
    static final Heard NOTHING = new Heard(false, List.of());
  }

  private final @Nullable ConnectionSource source;
  private final List<String> channels;
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
   * @param channels what to listen to, as SQL writes it
   */
  PostgresEar(@Nullable ConnectionSource source, String... channels) {
    this.source = source;
    this.channels = List.of(channels);
  }

  /**
   * Returns at a notification, after listening has begun (what happened before wasn't heard), at
   * the latest after this time, or when closed.
   */
  Heard waitForNews(Duration longest) {
    @Nullable Connection listening = connection();
    if (listening != null) {
      return listen(listening, longest);
    }
    if (opens()) {
      return new Heard(true, List.of());
    }
    pass(longest);
    return Heard.NOTHING;
  }

  /** Whether a connection is open and listens, as far as known. */
  boolean listens() {
    return connection() != null;
  }

  /** Gives the connection up, so that the next wait opens another. */
  void reopen() {
    synchronized (lock) {
      drop();
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

  private Heard listen(Connection listening, Duration longest) {
    try {
      PGNotification[] heard =
          listening
              .unwrap(PGConnection.class)
              .getNotifications((int) Math.max(1, longest.toMillis()));
      pause = FIRST_PAUSE;
      return heard == null ? Heard.NOTHING : new Heard(false, List.of(heard));
    } catch (SQLException failure) {
      broken(failure);
      return Heard.NOTHING;
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
      for (String channel : channels) {
        statement.execute("LISTEN " + channel);
      }
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
      LOG.info("Not listening to {}, polling instead: {}", channels, failure.getMessage());
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
