package dev.relay.postgres;

import dev.relay.find.Indexes;
import dev.relay.store.InstanceFinder.StateReading;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * Makes, fills and drops the tables behind indexes. Triggers are made first, so whatever a turn
 * writes from then on is there; what was there before is filled in by the order of keys, in
 * transactions of a batch each, and {@code relay.indexes} remembers how far. Thread-safe.
 */
final class IndexTables {
  /** Instances of one batch: some 1 MB of states. */
  private static final int BATCH = 1_000;

  /** Making a trigger waits for open commits, and others wait behind it: so it waits in bites. */
  private static final String LOCK_TIMEOUT = "SET LOCAL lock_timeout = '2s'";

  private static final int MOST_TRIES = 30;
  private static final String LOCK_NOT_AVAILABLE = "55P03";
  private static final String ONE_AT_A_TIME =
      "SELECT pg_advisory_xact_lock(hashtext('relay.indexes'))";

  private static final String REGISTERED =
      "SELECT number, fingerprint FROM relay.indexes WHERE actor = ?";

  private static final String REGISTER =
      """
      INSERT INTO relay.indexes (actor, number, fingerprint) VALUES (?, ?, ?)
      """;

  private static final String UNREGISTER = "DELETE FROM relay.indexes WHERE actor = ?";

  private static final String PROGRESS =
      """
      SELECT number, filled, filled_to FROM relay.indexes
       WHERE actor = ? AND fingerprint = ? FOR UPDATE
      """;

  private static final String UNFILLED =
      """
      SELECT key, state FROM relay.actor_state WHERE actor = ? AND key > ? ORDER BY key LIMIT ?
      """;

  private static final String PROGRESSED =
      "UPDATE relay.indexes SET filled_to = ?, filled = ? WHERE actor = ?";

  private final DataSource dataSource;

  IndexTables(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  void declare(Indexes indexes) {
    for (int tries = 1; ; tries++) {
      try {
        Transaction.run(dataSource, connection -> declare(connection, indexes));
        return;
      } catch (SQLException failure) {
        if (!LOCK_NOT_AVAILABLE.equals(failure.getSQLState()) || tries == MOST_TRIES) {
          throw SqlFailure.reading(failure);
        }
      }
    }
  }

  private static boolean declare(Connection connection, Indexes indexes) throws SQLException {
    long before = 0;
    try (PreparedStatement statement = connection.prepareStatement(REGISTERED)) {
      statement.setString(1, indexes.actor());
      try (ResultSet rows = statement.executeQuery()) {
        if (rows.next()) {
          before = rows.getLong(1);
          if (rows.getString(2).equals(indexes.fingerprint())) {
            return true;
          }
        } else if (indexes.all().isEmpty()) {
          return true;
        }
      }
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute(LOCK_TIMEOUT);
      statement.execute(ONE_AT_A_TIME);
    }
    return replace(connection, indexes, before);
  }

  private static boolean replace(Connection connection, Indexes indexes, long before)
      throws SQLException {
    List<String> sql = new ArrayList<>(before == 0 ? List.of() : IndexSql.drop(before));
    long number = 0;
    try (Statement statement = connection.createStatement()) {
      try (ResultSet rows = statement.executeQuery("SELECT nextval('relay.index_number')")) {
        rows.next();
        number = rows.getLong(1);
      }
      if (!indexes.all().isEmpty()) {
        sql.addAll(new IndexSql(indexes, number).create());
      }
      for (String each : sql) {
        statement.execute(each);
      }
    }
    try (PreparedStatement statement = connection.prepareStatement(UNREGISTER)) {
      statement.setString(1, indexes.actor());
      statement.executeUpdate();
    }
    if (!indexes.all().isEmpty()) {
      try (PreparedStatement statement = connection.prepareStatement(REGISTER)) {
        statement.setString(1, indexes.actor());
        statement.setLong(2, number);
        statement.setString(3, indexes.fingerprint());
        statement.executeUpdate();
      }
    }
    return true;
  }

  boolean fill(Indexes indexes, StateReading current) {
    if (indexes.all().isEmpty()) {
      return true;
    }
    try {
      return Transaction.run(dataSource, connection -> fill(connection, indexes, current));
    } catch (SQLException failure) {
      throw SqlFailure.reading(failure);
    }
  }

  private static boolean fill(Connection connection, Indexes indexes, StateReading current)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(PROGRESS)) {
      statement.setString(1, indexes.actor());
      statement.setString(2, indexes.fingerprint());
      try (ResultSet rows = statement.executeQuery()) {
        if (!rows.next() || rows.getBoolean(2)) {
          return true;
        }
        return fill(
            connection,
            new IndexSql(indexes, rows.getLong(1)),
            indexes.actor(),
            rows.getString(3),
            current);
      }
    }
  }

  private static boolean fill(
      Connection connection, IndexSql sql, String actor, String from, StateReading current)
      throws SQLException {
    List<String> keys = new ArrayList<>();
    List<String> states = new ArrayList<>();
    String last = from;
    int read = 0;
    try (PreparedStatement statement = connection.prepareStatement(UNFILLED)) {
      statement.setString(1, actor);
      statement.setString(2, from);
      statement.setInt(3, BATCH);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          read++;
          last = rows.getString(1);
          String stored = rows.getString(2);
          String state = stored == null ? null : current.read(last, stored);
          if (state != null) {
            keys.add(last);
            states.add(state);
          }
        }
      }
    }
    try (PreparedStatement statement = connection.prepareStatement(sql.fill())) {
      statement.setArray(1, connection.createArrayOf("text", keys.toArray()));
      statement.setArray(2, connection.createArrayOf("text", states.toArray()));
      statement.executeUpdate();
    }
    boolean done = read < BATCH;
    try (PreparedStatement statement = connection.prepareStatement(PROGRESSED)) {
      statement.setString(1, last);
      statement.setBoolean(2, done);
      statement.setString(3, actor);
      statement.executeUpdate();
    }
    if (done) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("ANALYZE " + sql.table());
      }
    }
    return done;
  }
}
