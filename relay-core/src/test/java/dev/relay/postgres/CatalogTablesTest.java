package dev.relay.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** What somebody at psql meets: defaults, refusals by name, versions, history, announcements. */
class CatalogTablesTest {
  private static TestDatabase database;

  @BeforeAll
  static void create() {
    database = TestDatabase.create();
  }

  @AfterAll
  static void drop() {
    database.close();
  }

  @BeforeEach
  void empty_tables() {
    database.sql(
        "TRUNCATE event_definitions, actor_definitions, system_flows CASCADE",
        "TRUNCATE relay.catalog_declarations");
  }

  @Test
  void the_two_statements_of_the_manual_work_as_typed() {
    database.sql(
        """
        INSERT INTO event_definitions (event_name, description, producer_actor)
        VALUES ('NEW_EVENT', 'Description', 'actor_name');
        """,
        """
        INSERT INTO event_consumers (event_id, consumer_actor, pattern)
        VALUES ((SELECT id FROM event_definitions WHERE event_name = 'NEW_EVENT'),
                'consumer_actor', 'publish');
        """);

    assertThat(
            database.strings(
                "SELECT concat_ws(' ', kind, schema_version, payload_schema, status, pattern,"
                    + " timeout_ms) FROM event_definitions e JOIN event_consumers ON event_id = e.id"))
        .containsExactly("event 1.0.0 {\"type\": \"object\"} active publish 5000");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "event_name_is_upper_snake          | ('newEvent', 'a', 'event', '1.0.0', '{}', 'active')",
        "event_name_is_upper_snake          | ('NEW__EVENT', 'a', 'event', '1.0.0', '{}', 'active')",
        "event_name_is_unique               | ('TAKEN', 'a', 'event', '1.0.0', '{}', 'active')",
        "producer_actor_is_a_name           | ('X', 'a b', 'event', '1.0.0', '{}', 'active')",
        "an_event_names_its_producer        | ('X', null, 'event', '1.0.0', '{}', 'active')",
        "kind_is_command_query_or_event     | ('X', 'a', 'fact', '1.0.0', '{}', 'active')",
        "schema_version_is_semver           | ('X', 'a', 'event', '1', '{}', 'active')",
        "schema_version_is_semver           | ('X', 'a', 'event', '01.0.0', '{}', 'active')",
        "payload_schema_is_object_or_boolean| ('X', 'a', 'event', '1.0.0', '[]', 'active')",
        "status_is_active_or_deprecated     | ('X', 'a', 'event', '1.0.0', '{}', 'gone')",
      })
  void nonsense_in_an_event_is_refused_by_a_constraint_that_says_why(String name, String row) {
    database.sql("INSERT INTO event_definitions (event_name, kind) VALUES ('TAKEN', 'command')");

    assertThatThrownBy(
            () ->
                database.sql(
                    "INSERT INTO event_definitions (event_name, producer_actor, kind,"
                        + " schema_version, payload_schema, status) VALUES "
                        + row))
        .hasMessageContaining('"' + name + '"');
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "pattern_is_ask_tell_or_publish  | 'cart', 'shout', 5000, null",
        "timeout_ms_is_positive          | 'cart', 'ask', 0, null",
        "key_field_is_not_empty          | 'cart', 'ask', 1, ''",
        "consumer_actor_is_a_name        | '', 'ask', 1, null",
        "an_actor_consumes_an_event_once | 'taken', 'ask', 1, null",
      })
  void nonsense_in_a_consumer_is_refused_by_a_constraint_that_says_why(String name, String row) {
    database.sql("INSERT INTO event_definitions (event_name, kind) VALUES ('X', 'command')");
    String consumer =
        "INSERT INTO event_consumers (event_id, consumer_actor, pattern, timeout_ms, key_field)"
            + " SELECT id, %s FROM event_definitions";
    database.sql(consumer.formatted("'taken', 'ask', 1, null"));

    assertThatThrownBy(() -> database.sql(consumer.formatted(row)))
        .hasMessageContaining('"' + name + '"');
  }

  @Test
  void every_schema_is_recorded_and_one_that_changes_in_silence_gets_the_next_minor_version() {
    database.sql(
        "INSERT INTO event_definitions (event_name, kind) VALUES ('X', 'command')",
        "UPDATE event_definitions SET payload_schema = '{\"title\": \"b\"}'",
        "UPDATE event_definitions SET description = 'no other schema, no other version'",
        "UPDATE event_definitions SET result_schema = 'true'",
        "UPDATE event_definitions SET payload_schema = 'false', schema_version = '2.0.0-rc.1'",
        "UPDATE event_definitions SET payload_schema = 'true'");

    assertThat(database.strings("SELECT schema_version FROM event_definitions"))
        .containsExactly("2.1.0");
    assertThat(
            database.strings(
                "SELECT concat_ws(' ', schema_version, payload_schema, result_schema)"
                    + " FROM event_schema_versions ORDER BY 1"))
        .containsExactly(
            "1.0.0 {\"type\": \"object\"}",
            "1.1.0 {\"title\": \"b\"}",
            "1.2.0 {\"title\": \"b\"} true",
            "2.0.0-rc.1 false true",
            "2.1.0 true true");
  }

  @Test
  void a_silent_change_after_a_step_back_takes_a_version_that_is_free() {
    database.sql(
        "INSERT INTO event_definitions (event_name, kind) VALUES ('X', 'command')",
        "UPDATE event_definitions SET payload_schema = 'false'",
        "UPDATE event_definitions SET payload_schema = '{\"type\": \"object\"}',"
            + " schema_version = '1.0.0'",
        "UPDATE event_definitions SET payload_schema = 'true'");

    assertThat(database.strings("SELECT schema_version FROM event_definitions"))
        .containsExactly("1.2.0");
  }

  @Test
  void a_recorded_version_never_gets_another_schema() {
    database.sql(
        "INSERT INTO event_definitions (event_name, kind) VALUES ('X', 'command')",
        "UPDATE event_definitions SET payload_schema = 'false'");

    assertThatThrownBy(
            () ->
                database.sql(
                    "UPDATE event_definitions SET payload_schema = 'true', schema_version = '1.0.0'"))
        .hasMessageContaining("schema version 1.0.0 of X was recorded with another schema")
        .hasMessageContaining("Hint: Leave schema_version as it is");
    assertThat(database.strings("SELECT payload_schema FROM event_definitions"))
        .containsExactly("false");
  }

  @Test
  void a_change_moves_updated_at_and_not_created_at() {
    database.sql("INSERT INTO event_definitions (event_name, kind) VALUES ('X', 'command')");
    database.sql("UPDATE event_definitions SET description = 'later'");

    assertThat(
            database.strings(
                "SELECT (created_at < updated_at AND created_at > now() - interval '1 hour')"
                    + " FROM event_definitions"))
        .containsExactly("t");
  }

  @Test
  void deleting_an_event_deletes_consumers_and_history_but_not_a_flow_that_needs_it() {
    database.sql(
        "INSERT INTO event_definitions (event_name, kind) VALUES ('X', 'command'), ('Y', 'command')",
        "INSERT INTO event_consumers (event_id, consumer_actor, pattern)"
            + " SELECT id, 'cart', 'ask' FROM event_definitions",
        "INSERT INTO system_flows (flow_name) VALUES ('checkout')",
        "INSERT INTO flow_steps (flow_id, step_number, event_id) SELECT f.id, 1, e.id"
            + " FROM system_flows f, event_definitions e WHERE event_name = 'Y'",
        "DELETE FROM event_definitions WHERE event_name = 'X'");

    assertThat(database.strings("SELECT consumer_actor FROM event_consumers")).hasSize(1);
    assertThat(database.strings("SELECT schema_version FROM event_schema_versions")).hasSize(1);
    assertThatThrownBy(() -> database.sql("DELETE FROM event_definitions"))
        .hasMessageContaining("flow_steps");
  }

  @Test
  void a_transaction_counts_once_whatever_it_changes_and_announces_its_version_once()
      throws SQLException {
    try (Connection listener = connect();
        Connection writer = connect();
        Statement listening = listener.createStatement();
        Statement writing = writer.createStatement()) {
      listening.execute("LISTEN relay_catalog");
      long before = version();
      writer.setAutoCommit(false);
      writing.execute("INSERT INTO event_definitions (event_name, kind) VALUES ('X', 'command')");
      writing.execute("UPDATE event_definitions SET description = 'x'");
      writing.execute("INSERT INTO actor_definitions (actor_name) VALUES ('cart')");
      Savepoint savepoint = writer.setSavepoint();
      writing.execute("INSERT INTO system_flows (flow_name) VALUES ('f')");
      writer.rollback(savepoint);
      writing.execute("DELETE FROM event_definitions");
      assertThat(version()).as("seen from outside before the commit").isEqualTo(before);
      writer.commit();

      assertThat(version()).isEqualTo(before + 1);
      listening.execute("SELECT 1");
      PGNotification[] heard = listener.unwrap(PGConnection.class).getNotifications(5000);
      assertThat(heard).hasSize(1);
      assertThat(heard[0].getParameter()).isEqualTo(String.valueOf(before + 1));
    }
  }

  @Test
  void a_change_that_is_rolled_back_to_a_savepoint_does_not_hide_the_next_one()
      throws SQLException {
    try (Connection writer = connect();
        Statement writing = writer.createStatement()) {
      long before = version();
      writer.setAutoCommit(false);
      Savepoint savepoint = writer.setSavepoint();
      writing.execute("INSERT INTO system_flows (flow_name) VALUES ('f')");
      writer.rollback(savepoint);
      writing.execute("INSERT INTO system_flows (flow_name) VALUES ('g')");
      writer.commit();
      writing.execute("INSERT INTO system_flows (flow_name) VALUES ('h')");
      writer.commit();
      assertThat(version()).isEqualTo(before + 2);
    }
  }

  @Test
  void an_event_that_becomes_defined_finds_the_actors_that_waited_for_it() {
    database.sql(
        "INSERT INTO relay.catalog_declarations VALUES"
            + " ('cart', 'ORDER_CREATED', 'consumes', 'publish', 700, 'userId')",
        "INSERT INTO event_definitions (event_name, producer_actor)"
            + " VALUES ('ORDER_CREATED', 'order')");

    assertThat(
            database.strings(
                "SELECT concat_ws(' ', consumer_actor, pattern, timeout_ms, key_field)"
                    + " FROM event_consumers"))
        .containsExactly("cart publish 700 userId");
  }

  @Test
  void a_user_who_may_only_write_the_catalog_needs_no_right_in_relays_own_schema() {
    database.sql(
        "DROP ROLE IF EXISTS editor",
        "CREATE ROLE editor",
        "GRANT INSERT, SELECT, UPDATE ON event_definitions TO editor");
    long before = version();

    database.sql(
        "SET ROLE editor",
        "INSERT INTO event_definitions (event_name, kind) VALUES ('X', 'command')",
        "UPDATE event_definitions SET payload_schema = 'true'",
        "RESET ROLE",
        "DROP OWNED BY editor",
        "DROP ROLE editor");

    assertThat(version()).isEqualTo(before + 2);
  }

  private static long version() {
    return Long.parseLong(database.strings("SELECT version FROM relay.catalog_version").get(0));
  }

  private static Connection connect() throws SQLException {
    return DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
  }
}
