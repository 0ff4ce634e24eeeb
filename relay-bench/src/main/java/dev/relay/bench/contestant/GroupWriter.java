package dev.relay.bench.contestant;

import dev.relay.bench.load.BlockingLoad;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** One connection of yardstick (c): a group written, and perhaps consumed, with each call. */
final class GroupWriter implements BlockingLoad.Client {
  private final Connection connection;
  private final PreparedStatement write;
  private final PreparedStatement consume;
  private final TurnGroup group;
  private final boolean consuming;

  GroupWriter(Connection connection, TurnGroup group, boolean consuming) throws SQLException {
    this.connection = connection;
    this.write = connection.prepareStatement(TurnTables.WRITE);
    this.consume = connection.prepareStatement(TurnTables.CONSUME);
    this.group = group;
    this.consuming = consuming;
  }

  @Override
  public int call() throws SQLException {
    group.next();
    group.bindWrite(write);
    expect(group.size(), count(write));
    if (consuming) {
      group.bindConsume(consume);
      expect(group.owed(), count(consume));
    }
    return group.size();
  }

  private static long count(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  private static void expect(int rows, long written) {
    if (rows != written) {
      throw new IllegalStateException("expected to write " + rows + " rows, wrote " + written);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
