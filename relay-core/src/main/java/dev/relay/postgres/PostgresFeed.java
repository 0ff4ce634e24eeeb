package dev.relay.postgres;

import dev.relay.message.Json;
import dev.relay.message.MessageJson;
import dev.relay.store.Feed;
import dev.relay.store.FeedEntry;
import dev.relay.store.FeedPosition;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import tools.jackson.databind.JsonNode;

/**
 * The stream of published events, read from the journal in the order (txid, seq) up to the oldest
 * transaction that is still open: what comes later sorts behind. Thread-safe.
 */
final class PostgresFeed implements Feed {
  // what a flow emits, it tells itself: it is how a flow goes on, and nobody else's news
  // ORDER BY a bare txid would mean the result's column, which is text: 1000 before 999
  private static final String AFTER =
      """
      SELECT j.txid::text, j.seq, j.emitted
        FROM relay.journal j
       WHERE (j.txid, j.seq) >= (?::text::xid8, ?)
         AND j.txid < pg_snapshot_xmin(pg_current_snapshot())
         AND j.emitted IS NOT NULL AND j.actor NOT LIKE 'flow-%'
       ORDER BY j.txid, j.seq LIMIT ?
      """;

  private static final String FORGOT =
      """
      SELECT EXISTS (
        SELECT FROM relay.journal_forgotten AS f WHERE (f.txid, f.seq) > (?::text::xid8, ?))
      """;

  private static final String END =
      """
      SELECT j.txid::text, j.seq, json_array_length(j.emitted)
        FROM relay.journal j
       WHERE j.txid < pg_snapshot_xmin(pg_current_snapshot())
         AND j.emitted IS NOT NULL
       ORDER BY j.txid DESC, j.seq DESC LIMIT 1
      """;

  // backwards from the end: it reads what the reader is going to be shown, and one row more
  private static final String BEFORE =
      """
      SELECT j.txid::text, j.seq, json_array_length(j.emitted)
        FROM relay.journal j
       WHERE j.txid < pg_snapshot_xmin(pg_current_snapshot())
         AND j.emitted IS NOT NULL AND j.at < ?
       ORDER BY j.txid DESC, j.seq DESC LIMIT 1
      """;

  private final DataSource dataSource;

  PostgresFeed(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  @Override
  public List<FeedEntry> after(FeedPosition position, int limit) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(AFTER)) {
      statement.setString(1, Long.toUnsignedString(position.transaction()));
      statement.setLong(2, position.seq());
      statement.setInt(3, limit + 1);
      List<FeedEntry> entries = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          long transaction = Long.parseUnsignedLong(rows.getString(1));
          read(rows.getString(3), transaction, rows.getLong(2), position, entries);
        }
      }
      return entries;
    } catch (SQLException failure) {
      throw SqlFailure.reading(failure);
    }
  }

  @Override
  public boolean forgot(FeedPosition position) {
    if (position.equals(FeedPosition.START)) {
      return false;
    }
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(FORGOT)) {
      statement.setString(1, Long.toUnsignedString(position.transaction()));
      statement.setLong(2, position.seq());
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() && rows.getBoolean(1);
      }
    } catch (SQLException failure) {
      throw SqlFailure.reading(failure);
    }
  }

  @Override
  public FeedPosition end() {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(END)) {
      return last(statement);
    } catch (SQLException failure) {
      throw SqlFailure.reading(failure);
    }
  }

  @Override
  public FeedPosition before(Instant time) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(BEFORE)) {
      statement.setTimestamp(1, Timestamp.from(time));
      return last(statement);
    } catch (SQLException failure) {
      throw SqlFailure.reading(failure);
    }
  }

  private static FeedPosition last(PreparedStatement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery()) {
      return rows.next()
          ? new FeedPosition(
              Long.parseUnsignedLong(rows.getString(1)), rows.getLong(2), rows.getInt(3) - 1)
          : FeedPosition.START;
    }
  }

  private static void read(
      String emitted, long transaction, long seq, FeedPosition after, List<FeedEntry> entries) {
    int index = 0;
    for (JsonNode message : Json.mapper().readTree(emitted)) {
      FeedPosition position = new FeedPosition(transaction, seq, index++);
      if (position.compareTo(after) > 0) {
        entries.add(new FeedEntry(position, MessageJson.read(message)));
      }
    }
  }
}
