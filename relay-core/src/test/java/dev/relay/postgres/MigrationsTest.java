package dev.relay.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class MigrationsTest {
  private TestDatabase database;
  private Migrations migrations;

  @BeforeEach
  void an_empty_database() {
    database = TestDatabase.empty();
    migrations = new Migrations(database.dataSource());
  }

  @AfterEach
  void drop() {
    database.close();
  }

  @Test
  void the_known_version_is_that_of_the_last_file() throws IOException, URISyntaxException {
    URL folder = Migrations.class.getResource("migration");
    assertThat(folder).isNotNull();
    try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
      assertThat(files.map(MigrationsTest::version).max(Integer::compare))
          .as("raise SchemaVersion.KNOWN together with a new migration")
          .contains(SchemaVersion.KNOWN);
    }
  }

  @Test
  void applying_says_what_was_applied_and_applying_again_does_nothing() {
    assertThat(migrations.status())
        .allSatisfy(m -> assertThat(m.state()).isEqualTo(Migration.State.PENDING));

    List<Migration> applied = migrations.apply();

    assertThat(applied).hasSize(SchemaVersion.KNOWN);
    assertThat(applied.get(0).version()).isEqualTo(1);
    assertThat(applied.get(0).description()).isEqualTo("catalog");
    assertThat(applied.get(0).installedOn()).isPresent();
    assertThat(migrations.status()).isEqualTo(applied);
    assertThat(migrations.apply()).isEmpty();
    migrations.verify();
  }

  @Test
  void the_catalog_lands_in_the_default_schema_and_nothing_else_does() {
    migrations.apply();

    assertThat(
            database.strings(
                "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"))
        .containsExactlyInAnyOrder(
            "event_definitions",
            "event_consumers",
            "event_schema_versions",
            "actor_definitions",
            "system_flows",
            "flow_steps");
  }

  @Test
  void a_default_schema_of_another_name_gets_the_catalog_and_its_triggers_work() {
    database.sql("CREATE SCHEMA \"My Shop\"");
    PGSimpleDataSource source = (PGSimpleDataSource) database.dataSource();
    source.setCurrentSchema("\"My Shop\"");

    new Migrations(source).apply();

    database.sql(
        "INSERT INTO \"My Shop\".event_definitions (event_name, producer_actor)"
            + " VALUES ('A_B', 'cart')");
    assertThat(database.strings("SELECT schema_version FROM \"My Shop\".event_schema_versions"))
        .containsExactly("1.0.0");
  }

  @Test
  void an_empty_database_is_refused_with_the_command_that_mends_it() {
    assertRefused("no tables of Relay yet", "relay migrate apply");
  }

  @Test
  void an_older_database_is_refused_with_the_command_that_mends_it() {
    migrations.apply();
    database.sql(
        "DELETE FROM relay.schema_history WHERE version IS NOT NULL",
        "INSERT INTO relay.schema_history (installed_rank, version, description, type, script,"
            + " installed_by, execution_time, success)"
            + " VALUES (50, '0', 'old', 'SQL', 'old', 'me', 1, true)");
    assertThatThrownBy(() -> SchemaVersion.verify(SchemaVersion.KNOWN - 1))
        .isInstanceOf(RelayException.class);
    assertRefused("no tables", "relay migrate apply");
  }

  @Test
  void a_newer_database_is_refused_by_verify_and_apply_and_shown_by_status() {
    migrations.apply();
    database.sql(
        "INSERT INTO relay.schema_history (installed_rank, version, description, type, script,"
            + " installed_by, execution_time, success)"
            + " VALUES (50, '999', 'from the future', 'SQL', 'V999__x.sql', 'me', 1, true)");

    assertRefused("newer Relay", "upgrade Relay to the version that migrated the database");
    assertThatThrownBy(migrations::apply)
        .isInstanceOfSatisfying(
            RelayException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CATALOG_VERSION));
    assertThat(migrations.status())
        .anySatisfy(
            m -> {
              assertThat(m.version()).isEqualTo(999);
              assertThat(m.state()).isEqualTo(Migration.State.UNKNOWN);
            });
  }

  @Test
  void nodes_that_migrate_at_the_same_time_apply_each_migration_once() throws Exception {
    int nodes = 4;
    CyclicBarrier together = new CyclicBarrier(nodes);
    Callable<List<Migration>> node =
        () -> {
          together.await();
          return new Migrations(database.dataSource()).apply();
        };
    ExecutorService threads = Executors.newFixedThreadPool(nodes);
    try {
      List<Future<List<Migration>>> results =
          threads.invokeAll(java.util.Collections.nCopies(nodes, node));
      assertThat(results.stream().mapToInt(r -> get(r).size()).sum())
          .isEqualTo(SchemaVersion.KNOWN);
    } finally {
      threads.shutdownNow();
    }
    migrations.verify();
  }

  @Test
  void a_table_that_is_in_the_way_is_named_and_nothing_is_left_half_done() {
    database.sql("CREATE TABLE event_consumers (mine text)");

    assertThatThrownBy(migrations::apply)
        .isInstanceOf(RelayException.class)
        .hasMessageContaining("relation \"event_consumers\" already exists");
    assertThat(database.strings("SELECT to_regclass('event_definitions')::text"))
        .containsExactly((String) null);
  }

  @Test
  void a_user_without_the_right_to_create_tables_is_told() {
    PGSimpleDataSource visitor = (PGSimpleDataSource) database.dataSource();
    database.sql("DROP ROLE IF EXISTS visitor", "CREATE ROLE visitor LOGIN PASSWORD 'visitor'");
    visitor.setUser("visitor");
    visitor.setPassword("visitor");

    assertThatThrownBy(new Migrations(visitor)::apply)
        .hasMessageContaining("permission denied")
        .isInstanceOfSatisfying(
            RelayException.class,
            e -> assertThat(e.remedy()).hasValueSatisfying(r -> assertThat(r).contains("owner")));
  }

  @Test
  void a_server_that_is_not_there_is_unreachable() {
    PGSimpleDataSource nowhere = new PGSimpleDataSource();
    nowhere.setServerNames(new String[] {"127.0.0.1"});
    nowhere.setPortNumbers(new int[] {1});
    for (Runnable use :
        List.<Runnable>of(
            new Migrations(nowhere)::verify,
            new Migrations(nowhere)::status,
            new Migrations(nowhere)::apply)) {
      assertThatThrownBy(use::run)
          .isInstanceOfSatisfying(
              RelayException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.DATABASE_UNREACHABLE));
    }
  }

  @Test
  void a_wrong_password_and_a_missing_database_are_told_apart() {
    PGSimpleDataSource wrong = (PGSimpleDataSource) database.dataSource();
    wrong.setPassword("wrong");
    PGSimpleDataSource missing = (PGSimpleDataSource) database.dataSource();
    missing.setDatabaseName("missing");

    assertUnreachable(wrong, "check POSTGRES_USER and POSTGRES_PASSWORD");
    assertUnreachable(missing, "create the database, or check POSTGRES_DATABASE");
  }

  private static void assertUnreachable(PGSimpleDataSource source, String remedy) {
    assertThatThrownBy(new Migrations(source)::verify)
        .isInstanceOfSatisfying(
            RelayException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.DATABASE_UNREACHABLE);
              assertThat(e.remedy()).contains(remedy);
            });
  }

  @Test
  void migrating_prints_nothing_on_standard_output() {
    PrintStream real = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      migrations.apply();
    } finally {
      System.setOut(real);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  private void assertRefused(String message, String remedy) {
    assertThatThrownBy(migrations::verify)
        .hasMessageContaining(message)
        .isInstanceOfSatisfying(
            RelayException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.CATALOG_VERSION);
              assertThat(e.remedy()).contains(remedy);
            });
  }

  private static int version(Path file) {
    String name = file.getFileName().toString();
    return Integer.parseInt(name.substring(1, name.indexOf("__")));
  }

  private static List<Migration> get(Future<List<Migration>> result) {
    try {
      return result.get();
    } catch (InterruptedException | ExecutionException failure) {
      throw new AssertionError(failure);
    }
  }
}
