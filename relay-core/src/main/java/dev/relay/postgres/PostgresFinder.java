package dev.relay.postgres;

import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import dev.relay.find.Cursor;
import dev.relay.find.FindPlan;
import dev.relay.find.Index;
import dev.relay.find.Indexes;
import dev.relay.find.ValueType;
import dev.relay.message.ActorAddress;
import dev.relay.store.InstanceFinder;
import dev.relay.store.StoredState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Finds instances through the narrow tables that {@link IndexSql} describes. Thread-safe. */
final class PostgresFinder implements InstanceFinder {
  private static final String REGISTERED =
      "SELECT number, filled FROM relay.indexes WHERE actor = ? AND fingerprint = ?";

  private final DataSource dataSource;
  private final IndexTables tables;
  private final Map<String, Long> filled = new ConcurrentHashMap<>();

  PostgresFinder(DataSource dataSource) {
    this.dataSource = dataSource;
    this.tables = new IndexTables(dataSource);
  }

  @Override
  public void declare(Indexes indexes) {
    tables.declare(indexes);
  }

  @Override
  public boolean fill(Indexes indexes, StateReading current) {
    return tables.fill(indexes, current);
  }

  @Override
  public List<FoundState> find(FindPlan plan, @Nullable Cursor after, int limit) {
    try (Connection connection = dataSource.getConnection()) {
      IndexSql names = new IndexSql(plan.indexes(), number(connection, plan.indexes()));
      FindSql query = new FindSql(plan, names, after, limit);
      try (PreparedStatement statement = connection.prepareStatement(query.text())) {
        for (int i = 0; i < query.parameters().size(); i++) {
          statement.setString(i + 1, query.parameters().get(i));
        }
        return read(statement, plan);
      }
    } catch (SQLException failure) {
      if (PostgresFailure.UNDEFINED_TABLE.equals(failure.getSQLState())) {
        filled.remove(plan.indexes().actor() + plan.indexes().fingerprint());
        throw replaced(plan.indexes());
      }
      throw SqlFailure.reading(failure);
    }
  }

  private long number(Connection connection, Indexes indexes) throws SQLException {
    String name = indexes.actor() + indexes.fingerprint();
    Long known = filled.get(name);
    if (known != null) {
      return known;
    }
    try (PreparedStatement statement = connection.prepareStatement(REGISTERED)) {
      statement.setString(1, indexes.actor());
      statement.setString(2, indexes.fingerprint());
      try (ResultSet rows = statement.executeQuery()) {
        if (!rows.next()) {
          throw replaced(indexes);
        }
        if (!rows.getBoolean(2)) {
          throw RelayException.of(
                  ErrorCode.INDEX_INCOMPLETE,
                  "the indexes of " + indexes.actor() + " are being filled")
              .remedy("try again in a while; turns go on meanwhile")
              .build();
        }
        filled.put(name, rows.getLong(1));
        return rows.getLong(1);
      }
    }
  }

  private static RelayException replaced(Indexes indexes) {
    return RelayException.of(
            ErrorCode.INDEX_INCOMPLETE,
            "the database has other indexes of " + indexes.actor() + " than this definition")
        .remedy("restart the nodes that have the older definition")
        .build();
  }

  private static List<FoundState> read(PreparedStatement statement, FindPlan plan)
      throws SQLException {
    List<FoundState> found = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        List<String> values = new ArrayList<>();
        for (Index.Key key : plan.order()) {
          values.add(value(rows, 5 + values.size(), key.column().type()));
        }
        ActorAddress address = new ActorAddress(plan.indexes().actor(), rows.getString(1));
        found.add(
            new FoundState(
                new StoredState(
                    address,
                    rows.getLong(2),
                    false,
                    rows.getString(3),
                    rows.getTimestamp(4).toInstant()),
                values));
      }
    }
    return found;
  }

  private static String value(ResultSet rows, int column, ValueType type) throws SQLException {
    return switch (type) {
      case TIME -> rows.getTimestamp(column).toInstant().toString();
      case BOOLEAN -> String.valueOf(rows.getBoolean(column));
      case TEXT, NUMBER -> rows.getString(column);
    };
  }
}
