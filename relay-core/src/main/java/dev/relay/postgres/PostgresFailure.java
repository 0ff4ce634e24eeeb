package dev.relay.postgres;

import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * What a failed statement means. The numbers are SQLSTATEs: appendix A of the PostgreSQL manual.
 */
final class PostgresFailure {
  static final String UNDEFINED_TABLE = "42P01";
  static final String UNDEFINED_SCHEMA = "3F000";
  private static final String INSUFFICIENT_PRIVILEGE = "42501";
  static final String LOCK_NOT_AVAILABLE = "55P03";
  private static final String INTEGRITY_VIOLATION_CLASS = "23";
  private static final String CONNECTION_CLASS = "08";
  private static final String AUTHORIZATION_CLASS = "28";
  private static final String NO_SUCH_DATABASE = "3D000";

  /** Server shutting down, crashed, starting up; too many connections; no such role or database. */
  private static final String CANNOT_SERVE = "57P01 57P02 57P03 53300 28000 28P01 3D000";

  private PostgresFailure() {}

  /** The failure that users see, with the server's own words in it. */
  static RelayException of(String doing, Throwable thrown) {
    if (thrown instanceof RelayException relay) {
      return relay;
    }
    @Nullable SQLException sql = sqlCause(thrown);
    if (sql == null) {
      return RelayException.of(ErrorCode.INTERNAL, doing + " failed: " + thrown.getMessage())
          .cause(thrown)
          .build();
    }
    if (isUnreachable(sql)) {
      return RelayException.of(ErrorCode.DATABASE_UNREACHABLE, doing + " failed: " + words(sql))
          .remedy(reaching(Objects.requireNonNullElse(sql.getSQLState(), "")))
          .cause(thrown)
          .build();
    }
    if (INSUFFICIENT_PRIVILEGE.equals(sql.getSQLState())) {
      return RelayException.of(ErrorCode.INTERNAL, doing + " failed: " + words(sql))
          .remedy("give the database user that right, or use the owner of the database")
          .cause(thrown)
          .build();
    }
    if (missesTables(sql)) {
      return SchemaVersion.empty(thrown);
    }
    return RelayException.of(ErrorCode.INTERNAL, doing + " failed: " + words(sql))
        .cause(thrown)
        .build();
  }

  /** Whether a constraint of the schema refused the row, so that the input is to blame. */
  static boolean isIntegrityViolation(Throwable thrown) {
    return state(thrown).startsWith(INTEGRITY_VIOLATION_CLASS);
  }

  /** The SQLSTATE behind a failure; empty where there is none. */
  static String state(Throwable thrown) {
    @Nullable SQLException sql = sqlCause(thrown);
    @Nullable String state = sql == null ? null : sql.getSQLState();
    return state == null ? "" : state;
  }

  /** The server's message, without the driver's decoration; with its hint where it gives one. */
  static String words(Throwable thrown) {
    @Nullable SQLException sql = sqlCause(thrown);
    if (sql instanceof PSQLException postgres) {
      @Nullable ServerErrorMessage server = postgres.getServerErrorMessage();
      if (server != null && server.getMessage() != null) {
        @Nullable String hint = server.getHint();
        return server.getMessage() + (hint == null ? "" : "; " + hint);
      }
    }
    return String.valueOf(sql == null ? thrown.getMessage() : sql.getMessage());
  }

  private static boolean isUnreachable(SQLException sql) {
    @Nullable String state = sql.getSQLState();
    return sql instanceof SQLTransientConnectionException
        || (state != null && (state.startsWith(CONNECTION_CLASS) || CANNOT_SERVE.contains(state)));
  }

  private static String reaching(String state) {
    if (state.equals(NO_SUCH_DATABASE)) {
      return "create the database, or check POSTGRES_DATABASE";
    }
    return state.startsWith(AUTHORIZATION_CLASS)
        ? "check POSTGRES_USER and POSTGRES_PASSWORD"
        : "start Postgres, or check POSTGRES_HOST and POSTGRES_PORT";
  }

  private static boolean missesTables(SQLException sql) {
    return UNDEFINED_TABLE.equals(sql.getSQLState()) || UNDEFINED_SCHEMA.equals(sql.getSQLState());
  }

  private static @Nullable SQLException sqlCause(Throwable thrown) {
    for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return sql;
      }
    }
    return null;
  }
}
