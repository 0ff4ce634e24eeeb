package dev.relay.postgres;

import dev.relay.store.StoreException;
import dev.relay.store.StoreException.Kind;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Objects;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Turns a failure of the driver into what it means for a turn's commit: the table of SQLSTATEs of
 * the runtime's tables. {@link PostgresFailure} is the catalog's, whose callers are told more.
 */
final class SqlFailure {
  /** Raised by {@code relay.expect_rows}. */
  private static final String CONFLICT = "RL001";

  /** Raised by {@code relay.check_fence}. */
  private static final String FENCED = "RL002";

  private SqlFailure() {}

  /** A failure while reading, or before anything could be written. */
  static StoreException reading(SQLException failure) {
    return of(failure, Kind.UNAVAILABLE);
  }

  /** A failure while committing: a broken connection leaves the outcome open. */
  static StoreException committing(SQLException failure) {
    return of(failure, Kind.UNKNOWN);
  }

  /**
   * SQLSTATE classes are those of the PostgreSQL manual, appendix A: 08 connection, 40 rollback (so
   * nothing is written), 53 resources, 57 operator intervention, 55 object state, 25006 read-only.
   */
  private static StoreException of(SQLException failure, Kind whenBroken) {
    String state = Objects.requireNonNullElse(failure.getSQLState(), "");
    String text = message(failure);
    if (state.equals(CONFLICT)) {
      return new StoreException(Kind.CONFLICT, text, failure);
    }
    if (state.equals(FENCED)) {
      return new StoreException(Kind.FENCED, text, failure);
    }
    if (failure instanceof SQLTransientConnectionException) {
      return new StoreException(Kind.UNAVAILABLE, text, failure);
    }
    if (state.startsWith("08") || state.startsWith("57P") || state.isEmpty()) {
      return new StoreException(whenBroken, text, failure);
    }
    boolean passing =
        state.startsWith("40")
            || state.startsWith("53")
            || state.startsWith("55")
            || state.startsWith("57")
            || state.equals("25006");
    return new StoreException(passing ? Kind.UNAVAILABLE : Kind.REJECTED, text, failure);
  }

  /** The server's own sentence, without the places in Relay's SQL where it happened. */
  private static String message(SQLException failure) {
    if (failure instanceof PSQLException fromServer) {
      ServerErrorMessage details = fromServer.getServerErrorMessage();
      if (details != null) {
        return String.valueOf(details.getMessage());
      }
    }
    return String.valueOf(failure.getMessage());
  }
}
