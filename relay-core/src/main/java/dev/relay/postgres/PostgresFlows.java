package dev.relay.postgres;

import dev.relay.message.ActorAddress;
import dev.relay.store.FlowStore;
import dev.relay.store.StoredState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Reads flows for people. Thread-safe. */
final class PostgresFlows implements FlowStore {
  private static final String DEFINITIONS =
      "SELECT flow_name, description, definition::text FROM system_flows ORDER BY flow_name";

  // an index on a part of the state would make every write of every actor's state dearer, so this
  // walks the flow's own runs
  private static final String RUNS =
      """
      SELECT actor, key, version, state, updated_at FROM relay.actor_state
       WHERE actor = ANY (?) AND state ->> 'status' = ANY (?)
         AND (?::timestamptz IS NULL OR updated_at < ?::timestamptz)
       ORDER BY updated_at DESC, actor, key LIMIT ?
      """;

  // an instance that has only heard what doesn't concern it has no state: nor was there a run
  private static final String COUNTS =
      """
      SELECT actor, state ->> 'status', count(*) FROM relay.actor_state
       WHERE actor = ANY (?) AND state ->> 'status' IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2
      """;

  // by the ids of the messages, which follow time: the turn that starts a flow ends, and stands in
  // the journal, after the turns that it asked for
  private static final String SENT =
      """
      SELECT message ->> 'id', message ->> 'type', message ->> 'correlation',
             message ->> 'payload', at
        FROM (SELECT j.message AS message, j.at
                FROM relay.journal j
                JOIN event_definitions e ON e.event_name = j.message ->> 'type'
               WHERE j.at >= ? AND j.message ->> 'type' = ANY (?) AND e.kind <> 'event'
              UNION ALL
              SELECT o.value, j.at
                FROM relay.journal j
               CROSS JOIN LATERAL json_array_elements(j.emitted) o
               WHERE j.at >= ? AND j.emitted IS NOT NULL AND o.value ->> 'type' = ANY (?)) AS s
       ORDER BY 1 LIMIT ?
      """;

  private final DataSource dataSource;

  PostgresFlows(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** Binds what a statement needs. */
  private interface Binding {
    void to(Connection connection, PreparedStatement statement) throws SQLException;
  }

  /** Reads a row. */
  private interface Reading<T> {
    T of(ResultSet row) throws SQLException;
  }

  @Override
  public List<Definition> definitions() {
    return read(
        DEFINITIONS,
        (connection, statement) -> {},
        row -> new Definition(row.getString(1), row.getString(2), row.getString(3)));
  }

  @Override
  public List<StoredState> runs(
      Collection<String> actors, Collection<String> statuses, @Nullable Instant before, int limit) {
    Timestamp time = before == null ? null : Timestamp.from(before);
    return read(
        RUNS,
        (connection, statement) -> {
          statement.setArray(1, connection.createArrayOf("text", actors.toArray()));
          statement.setArray(2, connection.createArrayOf("text", statuses.toArray()));
          statement.setTimestamp(3, time);
          statement.setTimestamp(4, time);
          statement.setInt(5, limit);
        },
        row ->
            new StoredState(
                new ActorAddress(row.getString(1), row.getString(2)),
                row.getLong(3),
                false,
                row.getString(4),
                row.getTimestamp(5).toInstant()));
  }

  @Override
  public List<Count> counts(Collection<String> actors) {
    return read(
        COUNTS,
        (connection, statement) ->
            statement.setArray(1, connection.createArrayOf("text", actors.toArray())),
        row -> new Count(row.getString(1), String.valueOf(row.getString(2)), row.getLong(3)));
  }

  @Override
  public List<Sent> sent(Collection<String> types, Instant since, int limit) {
    return read(
        SENT,
        (connection, statement) -> {
          statement.setTimestamp(1, Timestamp.from(since));
          statement.setArray(2, connection.createArrayOf("text", types.toArray()));
          statement.setTimestamp(3, Timestamp.from(since));
          statement.setArray(4, connection.createArrayOf("text", types.toArray()));
          statement.setInt(5, limit);
        },
        row ->
            new Sent(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getTimestamp(5).toInstant()));
  }

  private <T> List<T> read(String sql, Binding binding, Reading<T> reading) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      binding.to(connection, statement);
      List<T> found = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(reading.of(rows));
        }
      }
      return found;
    } catch (SQLException failure) {
      throw SqlFailure.reading(failure);
    }
  }
}
