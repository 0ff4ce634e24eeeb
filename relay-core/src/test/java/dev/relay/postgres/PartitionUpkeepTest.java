package dev.relay.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.store.FeedPosition;
import dev.relay.store.Retention;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PartitionUpkeepTest {
  private final TestDatabase database = TestDatabase.create();
  private final PostgresFeed feed = new PostgresFeed(database.dataSource());

  @AfterEach
  void drop() {
    database.close();
  }

  @Test
  void the_coming_week_has_its_partitions() {
    upkeep();

    assertThat(partitions("journal")).hasSize(7);
    assertThat(partitions("requests")).hasSize(7);
  }

  @Test
  void days_that_are_over_for_long_enough_are_dropped_and_younger_ones_stay() {
    day("journal", 31);
    day("journal", 30);
    day("journal", 2);
    day("requests", 8);
    day("requests", 6);
    upkeep();

    assertThat(partitions("journal")).hasSize(7 + 2);
    assertThat(partitions("requests")).hasSize(7 + 1);
    upkeep();
    assertThat(partitions("journal")).hasSize(7 + 2);
  }

  @Test
  void rows_without_a_partition_move_into_their_day_and_old_ones_go_with_it() {
    turn(1, "now()");
    turn(2, "now() + interval '2 days'");
    turn(3, "now() - interval '3 days'");
    turn(4, "now() - interval '40 days'");
    request("today", "0 days");
    request("old", "20 days");
    assertThat(count("relay.journal_default")).isEqualTo("4");
    upkeep();

    assertThat(count("relay.journal_default")).isEqualTo("0");
    assertThat(count("relay.requests_default")).isEqualTo("0");
    assertThat(database.strings("SELECT seq FROM relay.journal ORDER BY seq"))
        .containsExactly("1", "2", "3");
    assertThat(database.strings("SELECT request_id FROM relay.requests")).containsExactly("today");
    turn(5, "now()");
    assertThat(count("relay.journal_default")).isEqualTo("0");
  }

  @Test
  void who_resumes_behind_what_was_dropped_learns_it() {
    day("journal", 35);
    turn(10, "now() - interval '35 days'");
    turn(11, "now() - interval '35 days'");
    day("journal", 1);
    turn(20, "now() - interval '1 day'");
    upkeep();

    assertThat(feed.forgot(position(10))).isTrue();
    assertThat(feed.forgot(position(11))).isFalse();
    assertThat(feed.forgot(position(20))).isFalse();
    assertThat(feed.forgot(FeedPosition.START)).isFalse();
    assertThat(feed.after(FeedPosition.START, 10)).hasSize(1);
  }

  @Test
  void a_day_that_somebody_reads_is_left_for_the_next_time() throws SQLException {
    upkeep();
    day("journal", 35);
    try (Connection reader = database.dataSource().getConnection();
        Statement statement = reader.createStatement()) {
      reader.setAutoCommit(false);
      statement.executeQuery("SELECT count(*) FROM relay.journal").close();
      upkeep();
      assertThat(partitions("journal")).hasSize(7 + 1);
    }
    upkeep();
    assertThat(partitions("journal")).hasSize(7);
  }

  @Test
  void everything_is_kept_for_a_day_at_least() {
    assertThatThrownBy(() -> new Retention(Duration.ofHours(23), Duration.ofDays(7)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a day at least");
    assertThat(Retention.DEFAULT).isEqualTo(new Retention(Duration.ofDays(30), Duration.ofDays(7)));
  }

  private void upkeep() {
    new PartitionUpkeep(database.dataSource(), Retention.DEFAULT, InstantSource.system()).run();
  }

  private void day(String parent, int daysAgo) {
    database.sql(
        "SELECT relay.make_partition('"
            + parent
            + "', (now() AT TIME ZONE 'UTC')::date - "
            + daysAgo
            + ")");
  }

  private void turn(int number, String at) {
    database.sql(
        "INSERT INTO relay.journal (seq, txid, turn_id, actor, key, version, message, emitted,"
            + " outcome, at) VALUES ("
            + number
            + ", '"
            + number
            + "', gen_random_uuid(), 'a', 'k', 1, '{}', '[{\"id\": \"01890000-0000-7000-8000-000000000001\", \"type\": \"T\","
            + " \"payload\": {}, \"correlation\": \"c\", \"schema_version\": \"1.0.0\", \"time\":"
            + " \"2026-01-01T00:00:00Z\"}]', 'done', "
            + at
            + ")");
  }

  private void request(String id, String ago) {
    database.sql(
        "INSERT INTO relay.requests (request_id, day, fingerprint, message_id, emitted) VALUES ('"
            + id
            + "', ((now() - interval '"
            + ago
            + "') AT TIME ZONE 'UTC')::date, 'f', gen_random_uuid(), '[]')");
  }

  private static FeedPosition position(int number) {
    return new FeedPosition(number, number, 0);
  }

  private List<String> partitions(String parent) {
    return database.strings(
        "SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent"
            + " = 'relay."
            + parent
            + "'::regclass AND c.relname !~ 'default'");
  }

  private String count(String table) {
    return database.strings("SELECT count(*) FROM " + table).get(0);
  }
}
