package dev.relay.postgres;

import dev.relay.message.ActorAddress;
import dev.relay.store.CommitGroup;
import dev.relay.store.DeliveryRef;
import dev.relay.store.Fence;
import dev.relay.store.Fencing;
import dev.relay.store.JournalEntry;
import dev.relay.store.Lookup;
import dev.relay.store.PastTurn;
import dev.relay.store.RecordedReply;
import dev.relay.store.StateWrite;
import dev.relay.store.StoreException;
import dev.relay.store.StoredState;
import dev.relay.store.TurnStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import javax.sql.DataSource;

/** The turn store on Postgres: plain JDBC, because this is the hot path. Thread-safe. */
final class PostgresTurnStore implements TurnStore {
  private static final String LOAD_STATES =
      "SELECT position_, version_, state_, updated_at_ FROM relay.load_states(?, ?, ?)";

  private static final String LOAD_REPLIES =
      """
      SELECT request_id, fingerprint, message_id, data, emitted
        FROM relay.requests WHERE request_id = ANY (?)
      """;

  private static final String REMAINING_DELIVERIES =
      """
      SELECT t.id
        FROM unnest(?, ?, ?, ?) AS n (status, actor, partition, id)
        JOIN relay.deliveries AS t
          ON t.status = n.status AND t.actor = n.actor
         AND t.partition = n.partition::smallint AND t.id = n.id::uuid
      """;

  private static final String COMMITTED =
      """
      WITH n AS (
        SELECT * FROM unnest(?, ?, ?, ?) AS t (key, actor, version, turn))
      SELECT bool_and(EXISTS (
               SELECT FROM relay.journal AS j
                WHERE j.key = n.key AND j.actor = n.actor AND j.version = n.version
                  AND j.turn_id = n.turn::uuid AND j.at >= ?::timestamptz))
        FROM n
      """;

  private static final String OWED =
      """
      SELECT position_, id_, status_, key_, message_, attempt_, due_at_, timer_
        FROM relay.owed_in_partitions(?, ?, ?, ?)
      """;

  private static final String OVERDUE =
      "SELECT actor_, partition_ FROM relay.overdue_partitions(?, ?)";

  private static final String RELEASE =
      "SELECT actor_, partition_ FROM relay.release_scheduled(?, ?)";

  /** Sorts before every UUID. */
  private static final String BEFORE_ALL = "00000000-0000-0000-0000-000000000000";

  private final DataSource dataSource;
  private final Fencing fencing;

  PostgresTurnStore(DataSource dataSource, Fencing fencing) {
    this.dataSource = dataSource;
    this.fencing = fencing;
  }

  @Override
  public Loaded load(List<Lookup> lookups, List<String> requestIds) {
    try (Connection connection = dataSource.getConnection()) {
      return new Loaded(
          lookups.isEmpty() ? List.of() : loadStates(connection, lookups),
          requestIds.isEmpty() ? List.of() : loadReplies(connection, requestIds));
    } catch (SQLException failure) {
      throw SqlFailure.reading(failure);
    }
  }

  @Override
  public void commit(CommitGroup group) {
    Connection connection;
    try {
      connection = dataSource.getConnection();
    } catch (SQLException failure) {
      throw SqlFailure.reading(failure);
    }
    Fence fence = fencing.fence();
    try (connection) {
      CommitStatement.execute(connection, group, fence);
    } catch (SQLException failure) {
      StoreException known = SqlFailure.committing(failure);
      if (known.kind() == StoreException.Kind.FENCED && fence != null) {
        fencing.refused(fence);
      }
      throw known;
    }
  }

  @Override
  public Conflicts conflicts(CommitGroup group) {
    List<Lookup> lookups =
        group.states().stream().map(write -> new Lookup(write.address(), -1)).toList();
    List<String> ids = group.replies().stream().map(RecordedReply::requestId).toList();
    Loaded loaded = load(lookups, ids);
    Map<ActorAddress, Long> versions = new HashMap<>();
    loaded.states().forEach(state -> versions.put(state.address(), state.version()));
    Set<ActorAddress> stale = new HashSet<>();
    for (StateWrite write : group.states()) {
      if (versions.getOrDefault(write.address(), 0L) != write.base()) {
        stale.add(write.address());
      }
    }
    Set<String> known = new HashSet<>();
    loaded.replies().forEach(reply -> known.add(reply.requestId()));
    List<DeliveryRef> deliveries = new ArrayList<>(group.consumed());
    group.postponed().forEach(postponement -> deliveries.add(postponement.ref()));
    return new Conflicts(stale, goneDeliveries(deliveries), known);
  }

  @Override
  public boolean committed(List<JournalEntry> turns, Instant since) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(COMMITTED)) {
      new SqlArrays(connection, statement)
          .text(turns, JournalEntry::key)
          .text(turns, JournalEntry::actor)
          .longs(turns, JournalEntry::version)
          .text(turns, JournalEntry::turnId)
          .single(since.toString());
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() && rows.getBoolean(1);
      }
    } catch (SQLException failure) {
      throw SqlFailure.reading(failure);
    }
  }

  @Override
  public List<PastTurn> past(ActorAddress instance, long after, int limit) {
    return PastRows.taken(dataSource, instance, after, limit);
  }

  @Override
  public List<Page> owed(List<Slice> slices, int limit, Predicate<String> wanted) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(OWED)) {
      new SqlArrays(connection, statement)
          .text(slices, Slice::actor)
          .ints(slices, Slice::partition)
          .text(slices, slice -> slice.afterId().isEmpty() ? BEFORE_ALL : slice.afterId())
          .single(limit);
      OwedPages pages = new OwedPages(slices, wanted);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          pages.add(rows);
        }
      }
      return pages.toList();
    } catch (SQLException failure) {
      throw SqlFailure.reading(failure);
    }
  }

  @Override
  public List<Backlog> backlog(Set<String> actors, Instant before) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(OVERDUE)) {
      statement.setArray(1, connection.createArrayOf("text", actors.toArray()));
      statement.setTimestamp(2, Timestamp.from(before));
      return backlogs(statement);
    } catch (SQLException failure) {
      throw SqlFailure.reading(failure);
    }
  }

  @Override
  public List<Backlog> release(Set<String> actors, Instant now) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(RELEASE)) {
      statement.setArray(1, connection.createArrayOf("text", actors.toArray()));
      statement.setTimestamp(2, Timestamp.from(now));
      return backlogs(statement);
    } catch (SQLException failure) {
      throw SqlFailure.reading(failure);
    }
  }

  private static List<Backlog> backlogs(PreparedStatement statement) throws SQLException {
    List<Backlog> found = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        found.add(new Backlog(rows.getString(1), rows.getInt(2)));
      }
    }
    return found;
  }

  private static List<StoredState> loadStates(Connection connection, List<Lookup> lookups)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LOAD_STATES)) {
      new SqlArrays(connection, statement)
          .text(lookups, lookup -> lookup.address().actor())
          .text(lookups, lookup -> lookup.address().key())
          .longs(lookups, Lookup::knownVersion);
      List<StoredState> states = new ArrayList<>(lookups.size());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          Lookup lookup = lookups.get(rows.getInt(1) - 1);
          long version = rows.getLong(2);
          Timestamp at = rows.getTimestamp(4);
          states.add(
              new StoredState(
                  lookup.address(),
                  version,
                  version == lookup.knownVersion(),
                  rows.getString(3),
                  at == null ? null : at.toInstant()));
        }
      }
      return states;
    }
  }

  private static List<RecordedReply> loadReplies(Connection connection, List<String> requestIds)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LOAD_REPLIES)) {
      new SqlArrays(connection, statement).text(requestIds, id -> id);
      List<RecordedReply> replies = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          replies.add(
              new RecordedReply(
                  rows.getString(1),
                  rows.getString(2),
                  rows.getString(3),
                  rows.getString(4),
                  rows.getString(5)));
        }
      }
      return replies;
    }
  }

  private Set<String> goneDeliveries(List<DeliveryRef> consumed) {
    Set<String> gone = new HashSet<>();
    consumed.forEach(ref -> gone.add(ref.id()));
    if (gone.isEmpty()) {
      return gone;
    }
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(REMAINING_DELIVERIES)) {
      new SqlArrays(connection, statement)
          .text(consumed, ref -> ref.status().text())
          .text(consumed, ref -> ref.to().actor())
          .ints(consumed, DeliveryRef::partition)
          .text(consumed, DeliveryRef::id);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          gone.remove(rows.getString(1));
        }
      }
      return gone;
    } catch (SQLException failure) {
      throw SqlFailure.reading(failure);
    }
  }
}
