package dev.relay.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.relay.catalog.Catalog;
import dev.relay.catalog.CatalogEvent;
import dev.relay.catalog.CatalogStore;
import dev.relay.catalog.Consumer;
import dev.relay.catalog.Pattern;
import dev.relay.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

class CatalogWatchTest {
  private static final Duration NEVER = Duration.ofHours(1);
  private static final Duration BOUND = Duration.ofSeconds(20);
  private static final String NEW_EVENT =
      """
      INSERT INTO event_definitions (event_name, description, producer_actor)
      VALUES ('NEW_EVENT', 'Description', 'actor_name');
      """;
  private static final String NEW_CONSUMER =
      """
      INSERT INTO event_consumers (event_id, consumer_actor, pattern)
      VALUES ((SELECT id FROM event_definitions WHERE event_name = 'NEW_EVENT'),
              'consumer_actor', 'publish');
      """;

  private TestDatabase database;
  private CatalogStore store;

  @BeforeEach
  void create() {
    database = TestDatabase.create();
    store = new PostgresCatalogStore(database.dataSource());
  }

  @AfterEach
  void drop() {
    database.close();
  }

  @Test
  void the_two_statements_of_the_manual_take_effect_by_notification_alone() {
    try (CatalogWatch watch =
        CatalogWatch.start(store, database.dataSource()::getConnection, NEVER)) {
      awaitListening();
      database.sql(NEW_EVENT, NEW_CONSUMER);
      await().atMost(BOUND).until(() -> consumers(watch).contains("consumer_actor"));
    }
  }

  @Test
  void the_two_statements_of_the_manual_take_effect_by_polling_alone() {
    try (CatalogWatch watch = CatalogWatch.start(store, null, Duration.ofMillis(20))) {
      database.sql(NEW_EVENT, NEW_CONSUMER);
      await().atMost(BOUND).until(() -> consumers(watch).contains("consumer_actor"));
      CatalogEvent event = watch.current().event("NEW_EVENT").orElseThrow();
      assertThat(event.consumer("consumer_actor"))
          .contains(new Consumer("consumer_actor", Pattern.PUBLISH, Duration.ofSeconds(5), null));
    }
  }

  @Test
  void the_default_poll_leaves_half_of_the_second_that_is_promised() {
    assertThat(CatalogWatch.DEFAULT_POLL).isEqualTo(Duration.ofMillis(500));
  }

  @Test
  void a_connection_that_cannot_listen_is_made_up_for_by_polling() {
    ConnectionSource broken =
        () -> {
          throw new SQLException("no connection to be had");
        };
    try (CatalogWatch watch = CatalogWatch.start(store, broken, Duration.ofMillis(20))) {
      database.sql(NEW_EVENT);
      await().atMost(BOUND).until(() -> watch.current().event("NEW_EVENT").isPresent());
    }
  }

  @Test
  void a_listening_connection_that_is_cut_is_opened_again() {
    try (CatalogWatch watch =
        CatalogWatch.start(store, database.dataSource()::getConnection, Duration.ofMillis(50))) {
      awaitListening();
      database.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE " + LISTENING);
      awaitListening();
      database.sql(NEW_EVENT);
      await().atMost(BOUND).until(() -> watch.current().event("NEW_EVENT").isPresent());
    }
  }

  @Test
  void listeners_hear_of_each_change_and_one_that_fails_harms_nobody() {
    try (CatalogWatch watch = CatalogWatch.start(store, null, NEVER)) {
      List<Catalog> heard = new CopyOnWriteArrayList<>();
      watch.onChange(
          catalog -> {
            throw new IllegalStateException("a listener of somebody else");
          });
      watch.onChange(heard::add);
      assertThat(watch.refresh()).isSameAs(watch.current());
      assertThat(heard).isEmpty();

      database.sql(NEW_EVENT);
      Catalog refreshed = watch.refresh();

      assertThat(heard).containsExactly(refreshed);
      assertThat(refreshed.event("NEW_EVENT")).isPresent();
    }
  }

  @Test
  void closing_ends_the_thread_and_its_connection_and_keeps_the_snapshot() {
    CatalogWatch watch = CatalogWatch.start(store, database.dataSource()::getConnection, NEVER);
    awaitListening();
    Catalog last = watch.current();

    watch.close();
    watch.close();

    await().atMost(BOUND).until(() -> watchThreads() == 0);
    await().atMost(BOUND).until(() -> database.strings(LISTENERS).isEmpty());
    assertThat(watch.current()).isSameAs(last);
  }

  @Test
  void a_watch_on_a_server_that_is_not_there_does_not_start() {
    PGSimpleDataSource nowhere = new PGSimpleDataSource();
    nowhere.setServerNames(new String[] {"127.0.0.1"});
    nowhere.setPortNumbers(new int[] {1});
    assertThatThrownBy(() -> CatalogWatch.start(new PostgresCatalogStore(nowhere), null, NEVER))
        .hasMessageContaining("loading the catalog failed");
    assertThat(watchThreads()).isZero();
  }

  @Test
  void a_restart_of_postgres_is_survived_with_the_last_snapshot(@TempDir Path folder)
      throws SQLException {
    EmbeddedPostgres first = EmbeddedPostgres.at(folder).start();
    DataSource source = dataSource(first);
    new Migrations(source).apply();
    run(source, NEW_EVENT);
    try (CatalogWatch watch =
        CatalogWatch.start(
            new PostgresCatalogStore(source), source::getConnection, Duration.ofMillis(50))) {
      int port = first.port();
      first.close();
      assertThatThrownBy(watch::refresh).hasMessageContaining("reading the catalog's version");
      assertThat(watch.current().event("NEW_EVENT")).isPresent();

      try (EmbeddedPostgres second = EmbeddedPostgres.at(folder).port(port).start()) {
        assertThat(second.port()).isEqualTo(port);
        run(source, NEW_CONSUMER);
        await().atMost(BOUND).until(() -> consumers(watch).contains("consumer_actor"));
      }
    }
  }

  private static final String LISTENING =
      "datname = current_database() AND query = 'LISTEN relay_catalog'";
  private static final String LISTENERS = "SELECT pid FROM pg_stat_activity WHERE " + LISTENING;

  private void awaitListening() {
    await().atMost(BOUND).until(() -> !database.strings(LISTENERS).isEmpty());
  }

  private static List<String> consumers(CatalogWatch watch) {
    return watch.current().event("NEW_EVENT").stream()
        .flatMap(event -> event.definition().consumers().stream())
        .map(Consumer::actor)
        .toList();
  }

  private static long watchThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("relay-catalog-watch"))
        .count();
  }

  private static DataSource dataSource(EmbeddedPostgres postgres) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setURL(postgres.jdbcUrl());
    source.setUser(postgres.user());
    source.setPassword(postgres.password());
    return source;
  }

  private static void run(DataSource source, String sql) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
