package dev.relay.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.relay.Relay;
import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import dev.relay.postgres.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Handlers and subscriptions whose instance is named by another field than the actor's. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class KeysIT {
  private static final String TILL =
      """
      actor:
        name: till
        key: tillId
        handles:
          SELL:
            key: sale.till
            payload:
              sale: { till: integer, customer: string, note?: string }
            emits: SOLD
            do: { state: '{ "n": (n ?? 0) + 1 }', emit: SOLD, reply: $state }
        events:
          SOLD: { payload: object }
      """;

  private static final String BOOK =
      """
      actor:
        name: book
        key: customer
        subscribes:
          SOLD: { key: sale.%s, do: { state: '{ "n": (n ?? 0) + 1 }' } }
      """;

  private final TestDatabase database = TestDatabase.create();
  private Relay relay;

  @BeforeEach
  void start(@TempDir Path folder) throws IOException {
    relay =
        Relay.builder()
            .postgres(database.jdbcUrl(), database.user(), database.password())
            .actors(
                Files.writeString(folder.resolve("till.yaml"), TILL),
                Files.writeString(folder.resolve("book.yaml"), BOOK.formatted("customer")),
                Files.writeString(
                    folder.resolve("notes.yaml"), BOOK.formatted("note").replace("book", "notes")))
            .start();
  }

  @AfterEach
  void stop() {
    relay.close();
    database.close();
  }

  private void sell(Map<String, Object> sale) {
    relay.ask("till", "SELL", Map.of("sale", sale));
  }

  private List<String> instances() {
    return database.strings("SELECT actor || '/' || key FROM relay.actor_state ORDER BY 1");
  }

  @Test
  void a_field_within_another_names_the_instance_of_commands_and_of_events() {
    sell(Map.of("till", 7, "customer", "ada", "note", "n1"));

    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> assertThat(instances()).containsExactly("book/ada", "notes/n1", "till/7"));
  }

  @Test
  void an_event_without_the_key_is_a_dead_letter_and_the_others_get_theirs() {
    sell(Map.of("till", 7, "customer", "ada"));

    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(instances()).containsExactly("book/ada", "till/7"));
    assertThat(
            database.strings(
                "SELECT actor || ': ' || last_error FROM relay.deliveries WHERE status = 'dead'"))
        .containsExactly("notes: no key: the payload has no usable field \"sale.note\" for notes");
  }

  @Test
  void a_command_whose_key_is_none_is_refused() {
    assertThatThrownBy(() -> sell(Map.of("till", 7, "customer", "ada", "note", 5)))
        .isInstanceOf(RelayException.class);
    assertThatThrownBy(() -> relay.ask("till", "SELL", Map.of("sale", Map.of("customer", "ada"))))
        .isInstanceOfSatisfying(
            RelayException.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.PAYLOAD_INVALID));
    assertThat(instances()).isEmpty();
  }
}
