package dev.relay.postgres;

import dev.relay.message.ActorAddress;
import dev.relay.store.InstanceStore;
import dev.relay.store.StoredState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** Reads actor instances for people. Thread-safe. */
final class PostgresInstances implements InstanceStore {
  private static final String FIND =
      """
      SELECT key, version, state, updated_at FROM relay.actor_state
       WHERE actor = ? AND key = ?
      """;

  private static final String LIST =
      """
      SELECT key, version, state, updated_at FROM relay.actor_state
       WHERE actor = ? AND key > ? ORDER BY key LIMIT ?
      """;

  private final DataSource dataSource;

  PostgresInstances(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  @Override
  public Optional<StoredState> find(ActorAddress address) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(FIND)) {
      statement.setString(1, address.actor());
      statement.setString(2, address.key());
      return read(statement, address.actor()).stream().findFirst();
    } catch (SQLException failure) {
      throw SqlFailure.reading(failure);
    }
  }

  @Override
  public List<StoredState> list(String actor, String afterKey, int limit) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(LIST)) {
      statement.setString(1, actor);
      statement.setString(2, afterKey);
      statement.setInt(3, limit);
      return read(statement, actor);
    } catch (SQLException failure) {
      throw SqlFailure.reading(failure);
    }
  }

  private static List<StoredState> read(PreparedStatement statement, String actor)
      throws SQLException {
    List<StoredState> found = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        found.add(
            new StoredState(
                new ActorAddress(actor, rows.getString(1)),
                rows.getLong(2),
                false,
                rows.getString(3),
                rows.getTimestamp(4).toInstant()));
      }
    }
    return found;
  }
}
