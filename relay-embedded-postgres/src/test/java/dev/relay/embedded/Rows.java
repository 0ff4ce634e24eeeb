package dev.relay.embedded;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** One table that tells whether committed rows are still there. */
final class Rows {

  private Rows() {}

  static Connection connect(EmbeddedPostgres postgres) throws SQLException {
    return DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
  }

  static void write(Connection connection, String... values) throws SQLException {
    execute(connection, "create table if not exists kept (value text)");
    for (String value : values) {
      execute(connection, "insert into kept values ('" + value + "')");
    }
  }

  static void write(EmbeddedPostgres postgres, String... values) throws SQLException {
    try (Connection connection = connect(postgres)) {
      write(connection, values);
    }
  }

  static void clear(EmbeddedPostgres postgres) throws SQLException {
    try (Connection connection = connect(postgres)) {
      execute(connection, "drop table if exists kept");
    }
  }

  /** All values, in the order of their letters, with commas between. */
  static String read(EmbeddedPostgres postgres) throws SQLException {
    return query(postgres, "select string_agg(value, ',' order by value) from kept");
  }

  static int count(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select count(*) from kept")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static String query(EmbeddedPostgres postgres, String sql) throws SQLException {
    try (Connection connection = connect(postgres);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return String.valueOf(rows.getString(1));
    }
  }
}
