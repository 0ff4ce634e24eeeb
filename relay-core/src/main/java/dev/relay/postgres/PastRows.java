package dev.relay.postgres;

import dev.relay.message.ActorAddress;
import dev.relay.message.Json;
import dev.relay.message.Message;
import dev.relay.message.MessageId;
import dev.relay.message.MessageJson;
import dev.relay.store.DeliveryStatus;
import dev.relay.store.OpenDelivery;
import dev.relay.store.PartitionLoad;
import dev.relay.store.PastTurn;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Searches for a text within a time. There is no index of correlation ids, because every turn would
 * pay for it: the journal's index of times and the times within ids bound the search instead, and a
 * text is found in a row without reading its JSON.
 */
final class PastRows {
  /** A search that takes longer is given up, so that a person's question can't burden turns. */
  private static final int SECONDS = 20;

  private static final String REQUESTED =
      "SELECT message_id FROM relay.requests WHERE request_id = ? ORDER BY day DESC LIMIT 1";

  private static final String TURNS =
      """
      SELECT actor, key, version, message, emitted, outcome, at
        FROM relay.journal
       WHERE at >= ? AND at < ?
         AND (strpos(message::text, ?) > 0 OR strpos(emitted::text, ?) > 0)
       ORDER BY at LIMIT ?
      """;

  private static final String TAKEN =
      """
      SELECT actor, key, version, message, emitted, outcome, at
        FROM relay.journal
       WHERE key = ? AND actor = ? AND version > ?
       ORDER BY version LIMIT ?
      """;

  private static final String OPEN =
      """
      SELECT actor, key, status, message, attempt, due_at, last_error
        FROM relay.deliveries
       WHERE id >= ?::uuid AND id < ?::uuid AND strpos(message::text, ?) > 0
       ORDER BY id LIMIT ?
      """;

  private static final String LOAD =
      """
      SELECT actor, partition, count(*), count(*) FILTER (WHERE status = 'retrying'), min(due_at)
        FROM relay.deliveries WHERE status IN ('ready', 'retrying')
       GROUP BY actor, partition ORDER BY actor, partition
      """;

  private PastRows() {}

  static Optional<MessageId> requested(DataSource dataSource, String requestId) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(REQUESTED)) {
      statement.setString(1, requestId);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? Optional.of(MessageId.of(rows.getString(1))) : Optional.empty();
      }
    } catch (SQLException failure) {
      throw SqlFailure.reading(failure);
    }
  }

  static List<PastTurn> turns(
      DataSource dataSource, String text, Instant from, Instant to, int limit) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(TURNS)) {
      statement.setQueryTimeout(SECONDS);
      statement.setTimestamp(1, Timestamp.from(from));
      statement.setTimestamp(2, Timestamp.from(to));
      statement.setString(3, text);
      statement.setString(4, text);
      statement.setInt(5, limit);
      return turns(statement);
    } catch (SQLException failure) {
      throw SqlFailure.reading(failure);
    }
  }

  /** By the index of instances; no search. */
  static List<PastTurn> taken(DataSource dataSource, ActorAddress instance, long after, int limit) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(TAKEN)) {
      statement.setQueryTimeout(SECONDS);
      statement.setString(1, instance.key());
      statement.setString(2, instance.actor());
      statement.setLong(3, after);
      statement.setInt(4, limit);
      return turns(statement);
    } catch (SQLException failure) {
      throw SqlFailure.reading(failure);
    }
  }

  private static List<PastTurn> turns(PreparedStatement statement) throws SQLException {
    List<PastTurn> turns = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        turns.add(
            new PastTurn(
                rows.getString(1),
                rows.getString(2),
                rows.getLong(3),
                MessageJson.read(rows.getString(4)),
                messages(rows.getString(5)),
                rows.getString(6),
                rows.getTimestamp(7).toInstant()));
      }
    }
    return turns;
  }

  static List<OpenDelivery> open(
      DataSource dataSource, String text, Instant from, Instant to, int limit) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(OPEN)) {
      statement.setQueryTimeout(SECONDS);
      statement.setString(1, MessageId.firstOf(from).value());
      statement.setString(2, MessageId.firstOf(to).value());
      statement.setString(3, text);
      statement.setInt(4, limit);
      List<OpenDelivery> open = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          open.add(
              new OpenDelivery(
                  rows.getString(1),
                  rows.getString(2),
                  DeliveryStatus.of(rows.getString(3)),
                  MessageJson.read(rows.getString(4)),
                  rows.getInt(5),
                  rows.getTimestamp(6).toInstant(),
                  rows.getString(7)));
        }
      }
      return open;
    } catch (SQLException failure) {
      throw SqlFailure.reading(failure);
    }
  }

  static List<PartitionLoad> load(DataSource dataSource) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(LOAD)) {
      statement.setQueryTimeout(SECONDS);
      List<PartitionLoad> loads = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          loads.add(
              new PartitionLoad(
                  rows.getString(1),
                  rows.getInt(2),
                  rows.getLong(3),
                  rows.getLong(4),
                  rows.getTimestamp(5).toInstant()));
        }
      }
      return loads;
    } catch (SQLException failure) {
      throw SqlFailure.reading(failure);
    }
  }

  private static List<Message> messages(@Nullable String emitted) {
    List<Message> messages = new ArrayList<>();
    if (emitted != null) {
      for (JsonNode message : Json.mapper().readTree(emitted)) {
        messages.add(MessageJson.read(message));
      }
    }
    return messages;
  }
}
