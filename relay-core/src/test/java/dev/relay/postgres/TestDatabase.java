package dev.relay.postgres;

import dev.relay.embedded.EmbeddedPostgres;
import dev.relay.find.FindPlan;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A fresh, migrated database for one test class, on a real PostgreSQL that all tests of the JVM
 * share. Making one takes some 50 ms (a copy of a migrated template); {@link #close} drops it.
 *
 * <p>{@code -Drelay.test.postgres=jdbc:postgresql://host/postgres?user=…&password=…} uses another
 * server than the embedded one, for example of another major version; the user is a superuser.
 */
public final class TestDatabase implements AutoCloseable {
  private final String name;

  private TestDatabase(String name) {
    this.name = name;
  }

  /** A database with every migration applied. */
  public static TestDatabase create() {
    return copyOf(Server.TEMPLATE);
  }

  /** A database without any table. */
  public static TestDatabase empty() {
    return copyOf("template1");
  }

  /** New connections each time, not pooled: nothing hides behind a pool. */
  public DataSource dataSource() {
    return Server.dataSource(name);
  }

  /** With host, port and database; without user and password. */
  public String jdbcUrl() {
    return Server.dataSource(name).getUrl();
  }

  public String user() {
    return Server.ADMIN.getUser();
  }

  public String password() {
    return Server.ADMIN.getPassword();
  }

  /** How Postgres would answer what {@link PostgresFinder} asks. */
  public List<String> explain(FindPlan plan) {
    long number =
        Long.parseLong(
            strings(
                    "SELECT max(number) FROM relay.indexes WHERE actor = '"
                        + plan.indexes().actor()
                        + "'")
                .get(0));
    FindSql sql = new FindSql(plan, new IndexSql(plan.indexes(), number), null, 21);
    String text = sql.text();
    for (String value : sql.parameters()) {
      text = text.replaceFirst("\\?", "'" + value + "'");
    }
    return strings("EXPLAIN " + text);
  }

  /** Runs statements as somebody at psql would: one connection, each committed by itself. */
  public void sql(String... statements) {
    Server.run(dataSource(), statements);
  }

  /** The first column of a query's rows, as text. */
  public List<String> strings(String query) {
    try (Connection connection = dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    } catch (SQLException failure) {
      throw new IllegalStateException(failure.getMessage(), failure);
    }
  }

  @Override
  public void close() {
    Server.run(Server.ADMIN, "DROP DATABASE " + name + " WITH (FORCE)");
  }

  private static TestDatabase copyOf(String template) {
    String name = "test_" + UUID.randomUUID().toString().replace("-", "");
    synchronized (Server.ADMIN) { // a template may have no other user while it is copied
      Server.run(Server.ADMIN, "CREATE DATABASE " + name + " TEMPLATE " + template);
    }
    return new TestDatabase(name);
  }

  /** Starts with the first test that asks; ends with the JVM. */
  private static final class Server {
    static final PGSimpleDataSource ADMIN = admin();
    static final String TEMPLATE = migratedTemplate();

    static PGSimpleDataSource dataSource(String database) {
      PGSimpleDataSource source = new PGSimpleDataSource();
      source.setServerNames(ADMIN.getServerNames());
      source.setPortNumbers(ADMIN.getPortNumbers());
      source.setDatabaseName(database);
      source.setUser(ADMIN.getUser());
      source.setPassword(ADMIN.getPassword());
      return source;
    }

    static void run(DataSource source, String... statements) {
      try (Connection connection = source.getConnection();
          Statement statement = connection.createStatement()) {
        for (String sql : statements) {
          statement.execute(sql);
        }
      } catch (SQLException failure) {
        throw new IllegalStateException(failure.getMessage(), failure);
      }
    }

    private static PGSimpleDataSource admin() {
      PGSimpleDataSource source = new PGSimpleDataSource();
      String given = System.getProperty("relay.test.postgres");
      if (given != null) {
        source.setURL(given);
        return source;
      }
      EmbeddedPostgres postgres = EmbeddedPostgres.temporary();
      source.setURL(postgres.jdbcUrl());
      source.setUser(postgres.user());
      source.setPassword(postgres.password());
      // nobody pulls this server's plug; tests of crashes start their own
      run(
          source,
          "ALTER SYSTEM SET fsync = off",
          "ALTER SYSTEM SET full_page_writes = off",
          "SELECT pg_reload_conf()");
      return source;
    }

    private static String migratedTemplate() {
      String name = "migrated_" + UUID.randomUUID().toString().replace("-", "");
      run(ADMIN, "CREATE DATABASE " + name);
      new Migrations(dataSource(name)).apply();
      return name;
    }
  }
}
