package dev.relay.postgres;

import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The number of the last migration that a database has, read with one query and no library. */
final class SchemaVersion {
  /** The last migration in this jar; a test compares it with the files. */
  static final int KNOWN = 10;

  /** What a database without Relay's tables has. */
  static final int NONE = 0;

  private static final String LAST_APPLIED =
      """
      SELECT version FROM relay.schema_history
       WHERE success AND version IS NOT NULL
       ORDER BY installed_rank DESC LIMIT 1
      """;

  private SchemaVersion() {}

  static int of(DataSource database) {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(LAST_APPLIED)) {
      return rows.next() ? Integer.parseInt(rows.getString(1)) : NONE;
    } catch (SQLException failure) {
      if (isMissing(failure)) {
        return NONE;
      }
      throw PostgresFailure.of("reading the schema's version", failure);
    }
  }

  static void verify(int found) {
    if (found == NONE) {
      throw empty(null);
    }
    if (found < KNOWN) {
      throw refused("the database's schema has version " + found + ", this Relay needs " + KNOWN)
          .remedy("relay migrate apply")
          .build();
    }
    refuseNewer(found);
  }

  static void refuseNewer(int found) {
    if (found > KNOWN) {
      throw refused(
              "the database's schema has version "
                  + found
                  + " of a newer Relay, this one knows versions up to "
                  + KNOWN)
          .remedy("upgrade Relay to the version that migrated the database")
          .build();
    }
  }

  static RelayException empty(@Nullable Throwable cause) {
    return refused("the database has no tables of Relay yet")
        .remedy("relay migrate apply")
        .cause(cause)
        .build();
  }

  private static RelayException.Builder refused(String message) {
    return RelayException.of(ErrorCode.CATALOG_VERSION, message);
  }

  private static boolean isMissing(SQLException failure) {
    return PostgresFailure.UNDEFINED_TABLE.equals(failure.getSQLState())
        || PostgresFailure.UNDEFINED_SCHEMA.equals(failure.getSQLState());
  }
}
