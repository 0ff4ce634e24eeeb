package dev.relay.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.Relay;
import dev.relay.actor.Handles;
import dev.relay.actor.Migrates;
import dev.relay.actor.RelayActor;
import dev.relay.actor.Turn;
import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import dev.relay.node.Instances.Question;
import dev.relay.postgres.TestDatabase;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** States that outlive their definition, on a real Postgres. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class EvolutionIT {
  private static final String HEAD =
      """
      actor:
        name: purse
        key: id
        handles:
          PAY_IN:
            payload: { id: string, amount: integer }
            do: { state: '%s' }
        queries:
          GET_PURSE: { payload: { id: string }, do: { reply: $ } }
      """;

  private static final String FIRST =
      HEAD.formatted("{ \"cents\": (cents ?? 0) + $payload.amount }")
          + "  state: { cents: integer }\n";

  private static final String THIRD =
      HEAD.formatted("$merge([$, { \"euros\": euros + $payload.amount }])")
          + """
            state: { euros: money, owner: string }
            state_version: 3
            migrations:
              2: '{ "euros": cents / 100 }'
              3: '$merge([$, { "owner": "of " & $key }])'
            indexes: { rich: euros desc }
          """;

  @TempDir private Path folder;
  private final TestDatabase database = TestDatabase.create();
  private Relay relay;

  private void start(String definition) throws IOException {
    if (relay != null) {
      relay.close();
    }
    Path file = Files.writeString(folder.resolve("actor.yaml"), definition);
    relay =
        Relay.builder()
            .postgres(database.jdbcUrl(), database.user(), database.password())
            .actors(file)
            .start();
  }

  @AfterEach
  void stop() {
    relay.close();
    database.close();
  }

  private void payIn(String id, int amount) {
    relay.ask("purse", "PAY_IN", Map.of("id", id, "amount", amount));
  }

  private JsonNode purse(String id) {
    return relay.ask("purse", "GET_PURSE", Map.of("id", id)).data();
  }

  private String stored(String id) {
    return database
        .strings("SELECT version || ' ' || state FROM relay.actor_state WHERE key = '" + id + "'")
        .get(0);
  }

  @Test
  void an_older_state_is_migrated_when_it_is_loaded_and_written_with_the_next_turn()
      throws IOException {
    start(FIRST);
    payIn("a", 250);
    start(THIRD);

    assertThat(purse("a")).hasToString("{\"euros\":2.5,\"owner\":\"of a\"}");
    assertThat(stored("a")).isEqualTo("1 {\"cents\": 250}");

    payIn("a", 2);
    assertThat(purse("a")).hasToString("{\"euros\":4.5,\"owner\":\"of a\"}");
    assertThat(stored("a"))
        .isEqualTo("2 {\"euros\": 4.5, \"owner\": \"of a\", \"$state_version\": 3}");
  }

  @Test
  void what_was_not_migrated_yet_is_found_by_what_it_will_be() throws IOException {
    start(FIRST);
    payIn("a", 250);
    payIn("b", 100);
    start(THIRD);
    payIn("b", 9);

    assertThat(relay.find(new Question("purse", "euros > 1", "", 9, null)).items())
        .extracting(found -> found.instance().address().key() + " " + found.values())
        .containsExactly("b {euros=10}", "a {euros=2.5}");
  }

  @Test
  void a_state_that_does_not_fit_names_instance_pointer_and_remedy_and_harms_no_other()
      throws IOException {
    start(FIRST);
    payIn("a", 250);
    payIn("b", 1);
    database.sql("UPDATE relay.actor_state SET state = '{\"cents\": \"many\"}' WHERE key = 'a'");
    start(FIRST);

    assertThatThrownBy(() -> payIn("a", 1))
        .isInstanceOfSatisfying(
            RelayException.class,
            failure -> {
              assertThat(failure.code()).isEqualTo(ErrorCode.STATE_UNREADABLE);
              assertThat(failure.violations()).extracting("pointer").containsExactly("/cents");
              assertThat(failure.remedy()).hasValueSatisfying(r -> assertThat(r).contains("to 2"));
            })
        .hasMessageContaining("the state of purse/a doesn't fit its schema: /cents");
    assertThatThrownBy(() -> purse("a")).hasMessageContaining("/cents");
    payIn("b", 1);
    assertThat(purse("b")).hasToString("{\"cents\":2}");
  }

  @Test
  void a_node_with_an_older_definition_refuses_a_newer_state() throws IOException {
    start(
        THIRD
            .replace("cents / 100", "0")
            .replace("euros + ", "(euros ?? 0) + ")
            .replace("$merge([$, { \"euros\"", "$merge([{ \"owner\": \"me\" }, { \"euros\""));
    payIn("a", 2);
    start(FIRST);

    assertThatThrownBy(() -> payIn("a", 1))
        .hasMessage("the state of purse/a has version 3, this node's definition knows it up to 1");
    assertThat(stored("a")).startsWith("1 ");
  }

  @Test
  void a_migration_may_be_a_method() throws IOException {
    start(FIRST);
    payIn("a", 250);
    start(
        """
        actor:
          name: purse
          key: id
          class: %s
          state: { euros: money }
          state_version: 2
          queries: { GET_PURSE: { payload: { id: string } } }
        """
            .formatted(Purse.class.getName()));

    assertThat(purse("a")).hasToString("{\"euros\":2.5}");
  }

  static final class Purse extends RelayActor<Purse.State> {
    record State(BigDecimal euros) {}

    record Before(int cents) {}

    @Migrates(2)
    State toEuros(Before before) {
      return new State(BigDecimal.valueOf(before.cents(), 2).stripTrailingZeros());
    }

    @Handles("GET_PURSE")
    State get(Turn<State> turn) {
      return turn.state().orElseThrow();
    }
  }
}
