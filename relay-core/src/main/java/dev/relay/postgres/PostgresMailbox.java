package dev.relay.postgres;

import dev.relay.transport.Health;
import dev.relay.transport.Inbound;
import dev.relay.transport.PartitionId;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives what is for one node, on one thread.
 *
 * <pre>
 *   DEAF --(own echo heard)--> HEARING --(no echo, connection broken)--> DEAF
 * </pre>
 *
 * A deaf mailbox polls. Whether it hears can only be known by an echo: a pooler in transaction mode
 * takes {@code LISTEN} and delivers nothing.
 */
final class PostgresMailbox implements Runnable, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PostgresMailbox.class);

  /** Between two polls of a deaf mailbox. */
  private static final Duration DEAF_POLL = Duration.ofMillis(50);

  /** Between two looks of one that hears. */
  private static final Duration POLL = Duration.ofSeconds(1);

  /** How often a deaf mailbox says that anything may have happened. */
  private static final long HINT_NANOS = Duration.ofMillis(250).toNanos();

  /** Between two echoes, and how long one may take. */
  private static final long ECHO_NANOS = Duration.ofSeconds(5).toNanos();

  /** How long a new connection may take to be heard on before polling has to do. */
  private static final long FIRST_ECHO_NANOS = Duration.ofSeconds(2).toNanos();

  private static final long TIDY_NANOS = Duration.ofMinutes(1).toNanos();

  private final String node;
  private final LetterBox letters;
  private final Inbound inbound;
  private final boolean listens;
  private final PostgresEar ear;
  private volatile boolean hearing;
  private volatile boolean polled;
  private volatile boolean closed;
  private volatile @Nullable String failure;
  private long startedAt = System.nanoTime();
  private long echoSent;
  private boolean echoAwaited;
  private long hinted;
  private long tidied = System.nanoTime();

  PostgresMailbox(
      String node, LetterBox letters, @Nullable ConnectionSource listening, Inbound inbound) {
    this.node = node;
    this.letters = letters;
    this.inbound = inbound;
    this.listens = listening != null;
    this.ear =
        new PostgresEar(listening, '"' + Notice.channel(node) + '"', '"' + Notice.PUBLISHED + '"');
  }

  /** Whether notifications don't get through here, and so perhaps nowhere. */
  boolean deaf() {
    return !hearing;
  }

  Health health() {
    String broken = failure;
    if (broken != null) {
      return new Health(false, "can't read letters: " + broken);
    }
    if (hearing) {
      return new Health(true, "LISTEN works");
    }
    boolean waits = listens && System.nanoTime() - startedAt < FIRST_ECHO_NANOS;
    return new Health(polled && !waits, "polls, LISTEN is off or doesn't get through");
  }

  @Override
  public void run() {
    while (!closed) {
      try {
        round();
      } catch (RuntimeException fault) {
        log.error("a fault while receiving; it goes on", fault);
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    ear.close();
  }

  private void round() {
    PostgresEar.Heard heard = ear.waitForNews(hearing ? POLL : DEAF_POLL);
    if (closed) {
      return;
    }
    if (heard.opened()) {
      startedAt = System.nanoTime();
      echoAwaited = false;
      echoSent = 0;
    }
    if (!ear.listens()) {
      hearing = false;
    }
    boolean waiting = take(heard.notifications());
    try {
      if (waiting || !hearing || heard.notifications().isEmpty()) {
        takeLetters();
      }
      upkeep(System.nanoTime());
      failure = null;
    } catch (SQLException broken) {
      failure = PostgresFailure.words(broken).replace('\n', ' ');
    }
  }

  /** Hands over what notifications say; tells whether letters wait. */
  private boolean take(List<PGNotification> notifications) {
    boolean waiting = false;
    boolean published = false;
    Set<PartitionId> woken = new LinkedHashSet<>();
    for (PGNotification each : notifications) {
      String text = each.getParameter();
      if (each.getName().equals(Notice.PUBLISHED)) {
        published |= !text.equals(node);
      } else if (text.equals(Notice.ECHO)) {
        echoed();
      } else if (text.equals(Notice.LETTERS)) {
        waiting = true;
      } else if (!text.isEmpty() && text.charAt(0) == Notice.WAKE) {
        woken.addAll(Notice.partitions(text));
      }
    }
    if (!woken.isEmpty()) {
      inbound.woken(woken);
    }
    if (published) {
      inbound.published();
    }
    return waiting;
  }

  private void echoed() {
    echoAwaited = false;
    if (!hearing) {
      hearing = true;
      inbound.interrupted();
    }
  }

  private void takeLetters() throws SQLException {
    List<LetterBox.Found> found;
    do {
      found = letters.take(node);
      for (LetterBox.Found each : found) {
        if (closed) {
          return;
        }
        if (each.wake()) {
          inbound.woken(Notice.partitions(each.letter().body()));
        } else {
          inbound.received(each.letter());
        }
      }
    } while (found.size() == LetterBox.PAGE);
    polled = true;
  }

  private void upkeep(long now) throws SQLException {
    if (listens && ear.listens() && (echoSent == 0 || now - echoSent > ECHO_NANOS)) {
      if (echoAwaited && hearing) {
        log.info("Postgres' notifications don't arrive any more; listening anew");
        hearing = false;
        ear.reopen();
        return;
      }
      letters.echo(node);
      echoAwaited = true;
      echoSent = now;
    }
    if (!hearing && now - hinted > HINT_NANOS) {
      hinted = now;
      inbound.published();
      inbound.interrupted();
    }
    if (now - tidied > TIDY_NANOS) {
      tidied = now;
      letters.tidy();
    }
  }
}
