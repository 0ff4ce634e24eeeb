package dev.relay.bench.contestant;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Binds array parameters one after the other. */
final class Columns {
  private final PreparedStatement statement;
  private int parameter;

  Columns(PreparedStatement statement, int first) {
    this.statement = statement;
    this.parameter = first;
  }

  void next(String type, Object[] values) throws SQLException {
    statement.setArray(parameter++, statement.getConnection().createArrayOf(type, values));
  }
}
