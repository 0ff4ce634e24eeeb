package dev.relay.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.message.ActorAddress;
import dev.relay.message.Headers;
import dev.relay.message.Json;
import dev.relay.message.Message;
import dev.relay.message.MessageId;
import dev.relay.message.MessageJson;
import dev.relay.route.Owed;
import dev.relay.route.Partitions;
import dev.relay.store.CommitGroup;
import dev.relay.store.DeliveryRef;
import dev.relay.store.DeliveryStatus;
import dev.relay.store.Fencing;
import dev.relay.store.JournalEntry;
import dev.relay.store.OwedDelivery;
import dev.relay.store.Postponement;
import dev.relay.store.RecordedReply;
import dev.relay.store.StateWrite;
import dev.relay.store.StoreException;
import dev.relay.store.TurnStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A commit group is written whole, and only where each of its parts finds what it goes by. */
class PostgresTurnStoreTest {
  private static final TestDatabase database = TestDatabase.create();
  private static final ActorAddress ONE = new ActorAddress("cart", "one");
  private static final ActorAddress TWO = new ActorAddress("cart", "two");
  private static final Instant DUE = Instant.parse("2030-01-01T00:00:00Z");
  private final TurnStore store = new PostgresTurnStore(database.dataSource(), Fencing.none());
  private final Owed owed = owed(TWO);

  @AfterAll
  static void drop() {
    database.close();
  }

  @BeforeEach
  void empty() {
    database.sql("TRUNCATE relay.actor_state, relay.journal, relay.deliveries, relay.requests");
  }

  @Test
  void all_parts_of_a_group_are_written() {
    store.commit(group().states(write(ONE, 0)).owes(owed).answers("r").build());

    assertThat(versions()).containsExactly("one:1");
    assertThat(deliveries()).containsExactly("ready:0");
    assertThat(requests()).containsExactly("r");
    assertThat(turns()).isOne();
  }

  @Test
  void a_state_of_another_version_ends_the_whole_group() {
    store.commit(group().states(write(ONE, 0)).build());

    CommitGroup late = group().states(write(ONE, 4), write(TWO, 0)).owes(owed).answers("r").build();

    refused(late);
    assertThat(store.conflicts(late).states()).isEqualTo(Set.of(ONE));
    assertThat(versions()).containsExactly("one:1");
    assertThat(deliveries()).isEmpty();
    assertThat(requests()).isEmpty();
    assertThat(turns()).isOne();
  }

  @Test
  void an_instance_that_is_there_already_is_not_begun_again() {
    store.commit(group().states(write(ONE, 0)).build());

    CommitGroup again = group().states(write(ONE, 0)).build();

    refused(again);
    assertThat(store.conflicts(again).states()).isEqualTo(Set.of(ONE));
  }

  @Test
  void a_delivery_is_consumed_once_whatever_its_turn_changes() {
    store.commit(group().owes(owed).build());
    CommitGroup consuming = group().consumes(ref(owed)).build();

    store.commit(consuming);

    refused(consuming);
    assertThat(store.conflicts(consuming).deliveries()).isEqualTo(Set.of(owed.id()));
    assertThat(turns()).as("owing and consuming").isEqualTo(2);
  }

  @Test
  void a_delivery_that_is_gone_spoils_what_else_the_group_consumes() {
    Owed other = owed(ONE);
    store.commit(group().owes(owed).owes(other).build());
    store.commit(group().consumes(ref(owed)).build());

    refused(group().states(write(ONE, 0)).consumes(ref(other), ref(owed)).build());

    assertThat(deliveries()).containsExactly("ready:0");
    assertThat(versions()).isEmpty();
  }

  @Test
  void a_delivery_is_postponed_only_as_long_as_it_is_owed() {
    store.commit(group().owes(owed).build());
    Postponement retry = new Postponement(ref(owed), DeliveryStatus.RETRYING, 1, DUE, "no luck");

    store.commit(group().postpones(retry).build());

    assertThat(deliveries()).containsExactly("retrying:1");
    refused(group().postpones(retry).build());
    refused(group().consumes(ref(owed)).build());
    assertThat(deliveries()).containsExactly("retrying:1");
  }

  @Test
  void a_request_id_is_answered_once() {
    store.commit(group().answers("r").build());

    CommitGroup again = group().states(write(ONE, 0)).answers("r").answers("new").build();

    refused(again);
    assertThat(store.conflicts(again).requests()).isEqualTo(Set.of("r"));
    assertThat(requests()).containsExactly("r");
    assertThat(versions()).isEmpty();
  }

  @Test
  void content_that_postgres_cannot_store_is_rejected_whole() {
    CommitGroup bad =
        group()
            .states(write(ONE, 0), new StateWrite(TWO, 0, 1, "{\"a\": \"\\u0000\"}"))
            .owes(owed)
            .build();

    assertThatThrownBy(() -> store.commit(bad))
        .isInstanceOfSatisfying(
            StoreException.class,
            failure -> assertThat(failure.kind()).isEqualTo(StoreException.Kind.REJECTED));
    assertThat(versions()).isEmpty();
    assertThat(deliveries()).isEmpty();
    assertThat(turns()).isZero();
  }

  private void refused(CommitGroup group) {
    assertThatThrownBy(() -> store.commit(group))
        .isInstanceOfSatisfying(
            StoreException.class,
            failure -> assertThat(failure.kind()).isEqualTo(StoreException.Kind.CONFLICT));
  }

  private static Content group() {
    return new Content();
  }

  private static StateWrite write(ActorAddress address, long base) {
    return new StateWrite(address, base, base + 1, "{}");
  }

  private static Owed owed(ActorAddress to) {
    Message message =
        new Message(
            MessageId.mint(),
            "HAPPENED",
            Json.mapper().createObjectNode(),
            new Headers("c", null, null, null, "1.0.0", Instant.EPOCH));
    return new Owed(MessageId.mint().value(), to.actor(), to.key(), message, null);
  }

  private static DeliveryRef ref(Owed owed) {
    ActorAddress to = new ActorAddress(owed.actor(), owed.key());
    return new DeliveryRef(owed.id(), to, Partitions.of(to), DeliveryStatus.READY);
  }

  private static List<String> versions() {
    return database.strings("SELECT key || ':' || version FROM relay.actor_state ORDER BY key");
  }

  private static List<String> deliveries() {
    return database.strings("SELECT status || ':' || attempt FROM relay.deliveries ORDER BY id");
  }

  private static List<String> requests() {
    return database.strings("SELECT request_id FROM relay.requests ORDER BY request_id");
  }

  private static long turns() {
    return Long.parseLong(database.strings("SELECT count(*) FROM relay.journal").get(0));
  }

  /** A group with one turn in the journal, and what a test adds. */
  private static final class Content {
    private List<StateWrite> states = List.of();
    private List<DeliveryRef> consumed = List.of();
    private List<Postponement> postponed = List.of();
    private final List<OwedDelivery> owed = new ArrayList<>();
    private final List<RecordedReply> replies = new ArrayList<>();

    Content states(StateWrite... writes) {
      states = List.of(writes);
      return this;
    }

    Content consumes(DeliveryRef... refs) {
      consumed = List.of(refs);
      return this;
    }

    Content postpones(Postponement postponement) {
      postponed = List.of(postponement);
      return this;
    }

    Content owes(Owed delivery) {
      owed.add(new OwedDelivery(delivery, MessageJson.write(delivery.message())));
      return this;
    }

    Content answers(String request) {
      replies.add(new RecordedReply(request, "f", MessageId.mint().value(), "{}", "[]"));
      return this;
    }

    CommitGroup build() {
      JournalEntry turn =
          new JournalEntry(
              MessageId.mint().value(), "cart", "one", 1, "{}", null, JournalEntry.DONE);
      return new CommitGroup(states, List.of(turn), consumed, postponed, owed, replies, List.of());
    }
  }
}
