package dev.relay.postgres;

import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.jspecify.annotations.Nullable;

/**
 * The database's schema: what of it is there, what is pending, and how to bring it up to date. The
 * catalog's tables go into the database's default schema (the first of the {@code search_path}),
 * the rest into the schema {@code relay}, together with the history of the migrations.
 *
 * <p>Thread-safe. Every method takes connections from the data source and gives them back; {@link
 * #apply} takes up to two at once.
 */
public final class Migrations {
  private static final String DEFAULT_SCHEMA = "SELECT quote_ident(current_schema())";

  private final DataSource database;

  public Migrations(DataSource database) {
    this.database = database;
  }

  /**
   * Refuses a database that this Relay can't work with. Costs one tiny query.
   *
   * @throws RelayException {@code CATALOG_VERSION} when the schema is missing, older or newer, with
   *     the command that mends it; {@code DATABASE_UNREACHABLE}
   */
  public void verify() {
    SchemaVersion.verify(SchemaVersion.of(database));
  }

  /**
   * Every migration that this Relay or the database knows, in order.
   *
   * @throws RelayException {@code DATABASE_UNREACHABLE}
   */
  public List<Migration> status() {
    try {
      return migrations(flyway().info().all());
    } catch (FlywayException failure) {
      throw PostgresFailure.of("reading the migrations", failure);
    }
  }

  /**
   * Applies what is pending, each migration in a transaction of its own. Nodes that do this at the
   * same time wait for each other. Applying again does nothing.
   *
   * @return what was applied, in order; empty when the schema was up to date
   * @throws RelayException {@code CATALOG_VERSION} when the database is newer than this Relay;
   *     {@code DATABASE_UNREACHABLE}; {@code INTERNAL} with the server's words when a migration
   *     fails, for example because one of the tables exists already
   */
  public List<Migration> apply() {
    int before = SchemaVersion.of(database);
    SchemaVersion.refuseNewer(before);
    if (before == SchemaVersion.KNOWN) {
      return List.of();
    }
    try {
      Flyway flyway = flyway();
      List<Integer> applied =
          flyway.migrate().migrations.stream().map(done -> Integer.valueOf(done.version)).toList();
      return migrations(flyway.info().all()).stream()
          .filter(migration -> applied.contains(migration.version()))
          .toList();
    } catch (FlywayException failure) {
      throw PostgresFailure.of("migrating the database", failure);
    }
  }

  private static List<Migration> migrations(MigrationInfo[] all) {
    return Arrays.stream(all).filter(MigrationInfo::isVersioned).map(Migrations::of).toList();
  }

  private static Migration of(MigrationInfo info) {
    int version = Integer.parseInt(info.getVersion().getVersion());
    @Nullable Date installed = info.getInstalledOn();
    @Nullable Instant at = installed == null ? null : installed.toInstant();
    return new Migration(version, info.getDescription(), state(info), at);
  }

  private static Migration.State state(MigrationInfo info) {
    if (!info.getState().isResolved()) {
      return Migration.State.UNKNOWN;
    }
    return info.getState().isApplied() ? Migration.State.APPLIED : Migration.State.PENDING;
  }

  /** Speaks through SLF4J only: Flyway's own choice would be the console where SLF4J is absent. */
  private Flyway flyway() {
    return Flyway.configure(Migrations.class.getClassLoader())
        .loggers("slf4j")
        .dataSource(database)
        .locations("classpath:dev/relay/postgres/migration")
        .defaultSchema("relay")
        .createSchemas(true)
        .table("schema_history")
        .placeholders(Map.of("catalog_schema", defaultSchema()))
        .load();
  }

  private String defaultSchema() {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(DEFAULT_SCHEMA)) {
      @Nullable String schema = rows.next() ? rows.getString(1) : null;
      if (schema == null) {
        throw RelayException.of(
                ErrorCode.INTERNAL,
                "the database user's search_path names no existing schema for the catalog's tables")
            .remedy("CREATE SCHEMA public, or set the user's search_path to a schema that exists")
            .build();
      }
      return schema;
    } catch (SQLException failure) {
      throw PostgresFailure.of("looking for the default schema", failure);
    }
  }
}
