package dev.relay.cli.database;

import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import dev.relay.postgres.Migrations;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Reads rows of one text each. */
record Rows(DataSource source) {
  /** SQLSTATEs of appendix A of the PostgreSQL manual: no such table, no such schema. */
  private static final List<String> NO_TABLES = List.of("42P01", "3F000");

  List<String> texts(String query, String... parameters) {
    try (Connection connection = source.getConnection();
        PreparedStatement statement = connection.prepareStatement(query)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setString(i + 1, parameters[i]);
      }
      List<String> texts = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          texts.add(rows.getString(1));
        }
      }
      return texts;
    } catch (SQLException e) {
      if (NO_TABLES.contains(e.getSQLState())) {
        new Migrations(source).verify(); // says which command mends it
      }
      throw RelayException.of(
              ErrorCode.DATABASE_UNREACHABLE, "reading from Postgres failed: " + e.getMessage())
          .cause(e)
          .build();
    }
  }
}
