package dev.relay.postgres;

import dev.relay.message.ActorAddress;
import dev.relay.message.Json;
import dev.relay.message.Message;
import dev.relay.message.MessageJson;
import dev.relay.route.Partitions;
import dev.relay.store.DeadLetter;
import dev.relay.store.DeadLetterDetails;
import dev.relay.store.DeadLetterDetails.Attempt;
import dev.relay.store.DeadLetterFilter;
import dev.relay.store.DeadLetterStore;
import dev.relay.store.TurnStore.Backlog;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Dead letters in {@code relay.deliveries}; a statement is a transaction. Thread-safe. */
final class PostgresDeadLetters implements DeadLetterStore {
  private static final String COLUMNS =
      "d.id, d.actor, d.key, d.message, d.attempt, d.last_error, d.died_at";

  private static final String LIST =
      "SELECT " + COLUMNS + " FROM relay.dead_letters(?, ?, ?, ?, ?, ?, ?::uuid, ?) AS d";

  private static final String COUNT =
      "SELECT count(*) FROM relay.dead_letters(?, ?, ?, ?, ?, ?, NULL, NULL)";

  private static final String COUNTS = "SELECT actor_, letters_ FROM relay.count_dead_letters()";

  private static final String FIND =
      "SELECT "
          + COLUMNS
          + """
      , d.errors, b.behind_, b.delivered_
        FROM relay.deliveries AS d, relay.behind_dead_letter(d, ?) AS b
       WHERE d.status = 'dead' AND d.id = ?::uuid
      """;

  private static final String RETRY =
      "SELECT actor_, partition_ FROM relay.retry_dead_letters(?::uuid[])";

  private static final String EDIT =
      """
      UPDATE relay.deliveries
         SET status = 'ready', attempt = 0, due_at = now(), died_at = NULL,
             key = ?, partition = ?, message = ?::json
       WHERE status = 'dead' AND id = ?::uuid
      RETURNING actor, partition
      """;

  private static final String DISCARD = "SELECT relay.discard_dead_letters(?::uuid[], ?)";

  private final DataSource dataSource;

  PostgresDeadLetters(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  @Override
  public List<DeadLetter> list(DeadLetterFilter filter, String beforeId, int limit) {
    return query(
        LIST,
        statement -> {
          bind(statement, filter);
          statement.setString(7, beforeId.isEmpty() ? null : beforeId);
          statement.setInt(8, limit);
        },
        PostgresDeadLetters::letter);
  }

  @Override
  public long count(DeadLetterFilter filter) {
    return query(COUNT, statement -> bind(statement, filter), row -> row.getLong(1)).get(0);
  }

  @Override
  public Map<String, Long> counts() {
    Map<String, Long> counts = new TreeMap<>();
    query(COUNTS, statement -> {}, row -> counts.put(row.getString(1), row.getLong(2)));
    return counts;
  }

  @Override
  public Optional<DeadLetterDetails> find(String id) {
    return query(
            FIND,
            statement -> {
              statement.setInt(1, DeadLetterDetails.MOST_COUNTED);
              statement.setString(2, id);
            },
            row ->
                new DeadLetterDetails(
                    letter(row),
                    attempts(row.getString("errors")),
                    row.getLong("behind_"),
                    row.getLong("delivered_")))
        .stream()
        .findFirst();
  }

  @Override
  public List<Backlog> retry(List<String> ids) {
    return query(
        RETRY,
        statement ->
            statement.setArray(1, statement.getConnection().createArrayOf("text", ids.toArray())),
        PostgresDeadLetters::backlog);
  }

  @Override
  public Optional<Backlog> retry(DeadLetter letter, String key, Message message) {
    return query(
            EDIT,
            statement -> {
              statement.setString(1, key);
              statement.setInt(2, Partitions.of(new ActorAddress(letter.actor(), key)));
              statement.setString(3, MessageJson.write(message));
              statement.setString(4, letter.id());
            },
            PostgresDeadLetters::backlog)
        .stream()
        .findFirst();
  }

  @Override
  public int discard(List<String> ids, String reason) {
    return query(
            DISCARD,
            statement -> {
              statement.setArray(1, statement.getConnection().createArrayOf("text", ids.toArray()));
              statement.setString(2, reason);
            },
            row -> row.getInt(1))
        .get(0);
  }

  private static void bind(PreparedStatement statement, DeadLetterFilter filter)
      throws SQLException {
    statement.setString(1, filter.actor());
    statement.setString(2, filter.event());
    statement.setString(3, filter.key());
    statement.setString(4, filter.error());
    bind(statement, 5, filter.diedFrom());
    bind(statement, 6, filter.diedBefore());
  }

  private static void bind(PreparedStatement statement, int index, @Nullable Instant time)
      throws SQLException {
    if (time == null) {
      statement.setNull(index, Types.TIMESTAMP_WITH_TIMEZONE);
    } else {
      statement.setTimestamp(index, Timestamp.from(time));
    }
  }

  private static DeadLetter letter(ResultSet row) throws SQLException {
    return new DeadLetter(
        row.getString("id"),
        row.getString("actor"),
        row.getString("key"),
        MessageJson.read(row.getString("message")),
        row.getInt("attempt"),
        Objects.requireNonNullElse(row.getString("last_error"), ""),
        row.getTimestamp("died_at").toInstant());
  }

  private static List<Attempt> attempts(@Nullable String errors) {
    List<Attempt> attempts = new ArrayList<>();
    if (errors != null) {
      for (JsonNode each : Json.mapper().readTree(errors)) {
        attempts.add(
            new Attempt(
                each.required("attempt").intValue(),
                Instant.parse(each.required("at").stringValue()),
                each.path("error").stringValue("")));
      }
    }
    return attempts;
  }

  private static Backlog backlog(ResultSet row) throws SQLException {
    return new Backlog(row.getString(1), row.getInt(2));
  }

  private interface Binding {
    void bind(PreparedStatement statement) throws SQLException;
  }

  private interface Reading<T> {
    T read(ResultSet row) throws SQLException;
  }

  private <T> List<T> query(String sql, Binding binding, Reading<T> reading) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      binding.bind(statement);
      List<T> found = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(reading.read(rows));
        }
      }
      return found;
    } catch (SQLException failure) {
      throw SqlFailure.reading(failure);
    }
  }
}
