package dev.relay.bench.contestant;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One consumer of the hand-written outbox, on a thread and a connection of its own. */
final class OutboxPoller implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(OutboxPoller.class);

  private static final int PAGE = 500;

  /** While there is something it goes on at once; often enough that nobody waits long. */
  private static final Duration PAUSE = Duration.ofMillis(5);

  private static final String TAKE =
      """
      DELETE FROM outbox AS o USING (
        SELECT consumer, id FROM outbox WHERE consumer = ? ORDER BY id LIMIT ?
           FOR UPDATE SKIP LOCKED) AS page
       WHERE o.consumer = page.consumer AND o.id = page.id
      RETURNING o.key, o.number, o.payload
      """;

  private static final String WRITE =
      """
      INSERT INTO seen_%1$s AS s (key, count, last)
      SELECT * FROM unnest(?::text[], ?::bigint[], ?::bigint[])
          ON CONFLICT (key) DO UPDATE
         SET count = s.count + excluded.count, last = greatest(s.last, excluded.last)
      """;

  /** What a page did to one key. */
  private record Seen(long count, long last) {
    Seen and(Seen other) {
      return new Seen(count + other.count, Math.max(last, other.last));
    }
  }

  private final String consumer;
  private final Connection connection;
  private final Landings landings;
  private volatile boolean stopping;

  private OutboxPoller(String consumer, Connection connection, Landings landings) {
    this.consumer = consumer;
    this.connection = connection;
    this.landings = landings;
  }

  static OutboxPoller start(String consumer, Database database, Landings landings)
      throws SQLException {
    Connection connection = database.connect();
    connection.setAutoCommit(false);
    OutboxPoller poller = new OutboxPoller(consumer, connection, landings);
    Thread thread = new Thread(poller::run, "poller-" + consumer);
    thread.setDaemon(true);
    thread.start();
    return poller;
  }

  private void run() {
    try (connection;
        PreparedStatement take = connection.prepareStatement(TAKE);
        PreparedStatement write = connection.prepareStatement(WRITE.formatted(consumer))) {
      while (!stopping) {
        List<Long> numbers = page(take, write);
        connection.commit();
        numbers.forEach(landings::landed);
        if (numbers.isEmpty()) {
          LockSupport.parkNanos(PAUSE.toNanos());
        }
      }
    } catch (SQLException failure) {
      if (!stopping) {
        log.error("the poller of {} stopped", consumer, failure);
      }
    }
  }

  private List<Long> page(PreparedStatement take, PreparedStatement write) throws SQLException {
    List<Long> numbers = new ArrayList<>();
    Map<String, Seen> changes = new HashMap<>();
    take.setString(1, consumer);
    take.setInt(2, PAGE);
    try (ResultSet row = take.executeQuery()) {
      while (row.next()) {
        long number = row.getLong(2);
        numbers.add(number);
        changes.merge(row.getString(1), new Seen(1, number), Seen::and);
      }
    }
    if (!changes.isEmpty()) {
      write.setArray(1, array("text", changes.keySet().toArray()));
      write.setArray(2, array("bigint", changes.values().stream().map(Seen::count).toArray()));
      write.setArray(3, array("bigint", changes.values().stream().map(Seen::last).toArray()));
      write.executeUpdate();
    }
    return numbers;
  }

  private Array array(String type, Object[] values) throws SQLException {
    return connection.createArrayOf(type, values);
  }

  @Override
  public void close() {
    stopping = true;
  }
}
