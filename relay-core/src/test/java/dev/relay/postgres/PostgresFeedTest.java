package dev.relay.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.message.Headers;
import dev.relay.message.Json;
import dev.relay.message.Message;
import dev.relay.message.MessageId;
import dev.relay.message.MessageJson;
import dev.relay.store.FeedEntry;
import dev.relay.store.FeedPosition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PostgresFeedTest {
  private final TestDatabase database = TestDatabase.create();
  private final PostgresFeed feed = new PostgresFeed(database.dataSource());

  @AfterEach
  void drop() {
    database.close();
  }

  @Test
  void an_empty_journal_ends_at_its_start() {
    assertThat(feed.end()).isEqualTo(FeedPosition.START);
    assertThat(feed.after(FeedPosition.START, 10)).isEmpty();
  }

  @Test
  void transactions_come_in_the_order_of_numbers_and_not_of_digits() {
    for (int transaction : List.of(100, 9, 10, 99)) {
      turn(transaction, 1);
    }

    assertThat(positions(feed.after(FeedPosition.START, 10)))
        .containsExactly("9-9-0", "10-10-0", "99-99-0", "100-100-0");
    assertThat(feed.end()).hasToString("100-100-0");
  }

  @Test
  void reading_page_by_page_gives_every_event_once() {
    for (int transaction = 1; transaction <= 30; transaction++) {
      turn(transaction, transaction % 3);
    }
    List<String> all = positions(feed.after(FeedPosition.START, 1000));
    List<String> paged = new ArrayList<>();

    FeedPosition at = FeedPosition.START;
    for (List<FeedEntry> page = feed.after(at, 4); !page.isEmpty(); page = feed.after(at, 4)) {
      paged.addAll(positions(page));
      at = page.get(page.size() - 1).position();
    }

    assertThat(all).hasSize(30);
    assertThat(paged).isEqualTo(all);
    assertThat(feed.end()).isEqualTo(at);
  }

  @Test
  void what_came_since_a_time_begins_behind_the_newest_before_it() {
    for (int transaction = 1; transaction <= 5; transaction++) {
      turn(transaction, 2);
    }
    database.sql("UPDATE relay.journal SET at = now() - interval '1 hour' WHERE seq <= 3");

    assertThat(feed.before(Instant.now().minusSeconds(60))).hasToString("3-3-1");
    assertThat(feed.before(Instant.now().minusSeconds(7200))).isEqualTo(FeedPosition.START);
    assertThat(feed.before(Instant.now().plusSeconds(60))).isEqualTo(feed.end());
  }

  private void turn(int transaction, int events) {
    List<String> emitted = new ArrayList<>();
    for (int i = 0; i < events; i++) {
      emitted.add(MessageJson.write(message()));
    }
    database.sql(
        """
        INSERT INTO relay.journal
          (seq, txid, turn_id, actor, key, version, message, emitted, outcome, at)
        VALUES (%1$d, '%1$d', gen_random_uuid(), 'a', 'k', %1$d, '{}', nullif('%2$s', '[]')::json, 'done', now())
        """
            .formatted(transaction, emitted));
  }

  private static Message message() {
    return new Message(
        MessageId.mint(),
        "HAPPENED",
        Json.mapper().createObjectNode(),
        new Headers("c", null, null, null, "1.0.0", Instant.EPOCH));
  }

  private static List<String> positions(List<FeedEntry> entries) {
    return entries.stream().map(entry -> entry.position().toString()).toList();
  }
}
