package dev.relay.postgres;

import dev.relay.transport.Health;
import dev.relay.transport.Inbound;
import dev.relay.transport.Letter;
import dev.relay.transport.Outgoing;
import dev.relay.transport.PartitionId;
import dev.relay.transport.Transport;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices by {@code NOTIFY}, letters by a table that isn't logged. One thread sends: while a
 * statement is under way, what comes meanwhile gathers for the next, so that a busy node notifies
 * as often as one round trip allows and no commit ever waits for a notification. {@link
 * PostgresMailbox} receives. Thread-safe.
 */
final class PostgresTransport implements Transport {
  private static final Logger log = LoggerFactory.getLogger(PostgresTransport.class);

  /** Characters of letters in one statement: chosen, some megabytes. */
  private static final long MOST_CHARACTERS = 8L << 20;

  /** Between two statements: a NOTIFY costs every listener a wake-up. */
  private static final long SPACING_NANOS = 300_000;

  /** Between two tries while nothing gets through. */
  private static final Duration PROBE = Duration.ofMillis(500);

  /** How long {@link #close} lets what waits go out. */
  private static final long GOODBYE_MILLIS = 1_000;

  private final LetterBox letters;
  private final Outgoing outgoing = new Outgoing();
  private final @Nullable ConnectionSource listening;
  private volatile @Nullable PostgresMailbox mailbox;
  private volatile @Nullable Thread sender;
  private volatile @Nullable String failure;

  PostgresTransport(DataSource dataSource, @Nullable ConnectionSource listening) {
    this.letters = new LetterBox(dataSource);
    this.listening = listening;
  }

  @Override
  public String name() {
    return "postgres";
  }

  @Override
  public void start(String node, Inbound inbound) {
    PostgresMailbox box = new PostgresMailbox(node, letters, listening, inbound);
    mailbox = box;
    run("relay-postgres-mailbox", box);
    sender = run("relay-postgres-notifier", () -> send(node, box));
  }

  @Override
  public void wake(String node, Collection<PartitionId> partitions) {
    outgoing.wake(node, partitions);
  }

  @Override
  public void send(String node, Letter letter) {
    outgoing.send(node, letter);
  }

  @Override
  public void announce() {
    outgoing.announce();
  }

  @Override
  public Health health() {
    PostgresMailbox box = mailbox;
    if (box == null || outgoing.isClosed()) {
      return new Health(false, "not started, or closed");
    }
    String unsent = failure;
    return unsent == null ? box.health() : new Health(false, "can't notify: " + unsent);
  }

  @Override
  public void close() {
    outgoing.close();
    Thread sending = sender;
    if (sending != null) {
      try {
        sending.join(GOODBYE_MILLIS);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
      sending.interrupt();
    }
    PostgresMailbox box = mailbox;
    if (box != null) {
      box.close();
    }
  }

  private void send(String node, PostgresMailbox box) {
    try {
      while (true) {
        Outgoing.Batch batch = outgoing.take(MOST_CHARACTERS, PROBE);
        if (batch.isEmpty() && outgoing.isClosed()) {
          return;
        }
        if (!batch.isEmpty() || failure != null) {
          post(node, batch, box.deaf());
          LockSupport.parkNanos(SPACING_NANOS);
        }
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  private void post(String node, Outgoing.Batch batch, boolean deaf) {
    try {
      letters.post(node, batch, deaf);
      failure = null;
    } catch (SQLException | RuntimeException unsent) {
      if (failure == null) {
        log.info("Notices don't get out, they are dropped: {}", PostgresFailure.words(unsent));
      }
      failure = PostgresFailure.words(unsent).replace('\n', ' ');
      LockSupport.parkNanos(PROBE.toNanos() / 10);
    }
  }

  private static Thread run(String name, Runnable loop) {
    Thread thread = new Thread(loop, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
