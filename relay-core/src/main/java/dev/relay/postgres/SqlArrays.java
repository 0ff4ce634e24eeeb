package dev.relay.postgres;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/**
 * Binds one column of many rows as one array parameter, from left to right. Arrays of text, {@code
 * int} and {@code long} travel in binary form, so nothing is escaped on the way.
 */
final class SqlArrays {
  private final Connection connection;
  private final PreparedStatement statement;
  private int next = 1;

  SqlArrays(Connection connection, PreparedStatement statement) {
    this.connection = connection;
    this.statement = statement;
  }

  /** A parameter that is no column. */
  SqlArrays single(String value) throws SQLException {
    statement.setString(next++, value);
    return this;
  }

  /** A parameter that is no column. */
  SqlArrays single(long value) throws SQLException {
    statement.setLong(next++, value);
    return this;
  }

  /** A parameter that is no column. */
  SqlArrays single(int value) throws SQLException {
    statement.setInt(next++, value);
    return this;
  }

  <T> SqlArrays text(
      List<T> rows, Function<? super T, ? extends @org.jspecify.annotations.Nullable String> column)
      throws SQLException {
    String[] values = new String[rows.size()];
    for (int i = 0; i < values.length; i++) {
      String value = column.apply(rows.get(i));
      values[i] = value;
    }
    return bind("text", values);
  }

  <T> SqlArrays longs(List<T> rows, ToLongFunction<? super T> column) throws SQLException {
    return bind("int8", rows.stream().mapToLong(column).boxed().toArray(Long[]::new));
  }

  <T> SqlArrays ints(List<T> rows, ToIntFunction<? super T> column) throws SQLException {
    return bind("int4", rows.stream().mapToInt(column).boxed().toArray(Integer[]::new));
  }

  private SqlArrays bind(String type, Object[] values) throws SQLException {
    Array array = connection.createArrayOf(type, values);
    statement.setArray(next++, array);
    return this;
  }
}
