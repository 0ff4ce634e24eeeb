package dev.relay.testkit.transport;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.relay.embedded.EmbeddedPostgres;
import dev.relay.postgres.ConnectionSource;
import dev.relay.postgres.Migrations;
import dev.relay.postgres.PostgresStores;
import dev.relay.transport.Transport;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A real Postgres whose connections can be cut and refused. */
final class PostgresCarrier implements Carrier {
  private final EmbeddedPostgres postgres;
  private final boolean listen;
  private final List<HikariDataSource> pools = new ArrayList<>();

  PostgresCarrier(EmbeddedPostgres postgres, boolean listen) {
    this.postgres = postgres;
    this.listen = listen;
    restore();
  }

  static EmbeddedPostgres migrated() {
    EmbeddedPostgres postgres = EmbeddedPostgres.temporary();
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(postgres.jdbcUrl());
    config.setUsername(postgres.user());
    config.setPassword(postgres.password());
    try (HikariDataSource pool = new HikariDataSource(config)) {
      new Migrations(pool).apply();
    }
    PostgresCarrier carrier = new PostgresCarrier(postgres, true);
    carrier.sql("CREATE ROLE node LOGIN SUPERUSER PASSWORD 'node'");
    return postgres;
  }

  @Override
  public Transport transport() {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(postgres.jdbcUrl());
    config.setUsername("node");
    config.setPassword("node");
    config.setMaximumPoolSize(3);
    config.setMinimumIdle(0);
    config.setConnectionTimeout(1_000);
    config.setInitializationFailTimeout(-1);
    HikariDataSource pool = new HikariDataSource(config);
    pools.add(pool);
    ConnectionSource own = () -> DriverManager.getConnection(postgres.jdbcUrl(), "node", "node");
    return PostgresStores.transport(pool, listen ? own : null);
  }

  @Override
  public void lose() {
    sql(
        "ALTER ROLE node NOLOGIN",
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'node'");
  }

  @Override
  public void restore() {
    sql("DO $$ BEGIN ALTER ROLE node LOGIN; EXCEPTION WHEN undefined_object THEN NULL; END $$");
  }

  @Override
  public void close() {
    restore();
    pools.forEach(HikariDataSource::close);
    sql("DELETE FROM relay.letters");
  }

  private void sql(String... statements) {
    try (Connection connection =
            DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException failure) {
      throw new IllegalStateException(failure.getMessage(), failure);
    }
  }
}
