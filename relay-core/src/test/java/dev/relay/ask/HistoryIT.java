package dev.relay.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.Relay;
import dev.relay.RelayBuilder;
import dev.relay.actor.PastMessage;
import dev.relay.actor.Turn;
import dev.relay.ask.AskingActors.In;
import dev.relay.ask.AskingActors.Sum;
import dev.relay.failure.RelayException;
import dev.relay.message.Json;
import dev.relay.postgres.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A handler that reads in the journal what an instance of its actor has taken. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class HistoryIT {
  private final TestDatabase database = TestDatabase.create();
  private final AskingActors actors = new AskingActors();
  private Relay relay;

  @BeforeEach
  void start(@TempDir Path folder) {
    RelayBuilder builder =
        Relay.builder()
            .postgres(database.jdbcUrl(), database.user(), database.password())
            .actors(AskingActors.definitions(folder));
    actors.actors().forEach(builder::actor);
    relay = builder.start();
  }

  @AfterEach
  void stop() {
    relay.close();
    database.close();
  }

  @Test
  void it_has_every_message_in_order_and_a_page_begins_behind_a_version() {
    for (int n = 1; n <= 5; n++) {
      relay.ask("front", "PURE_FRONT", new In("a", n));
    }
    relay.ask("front", "PURE_FRONT", new In("b", 99));
    List<PastMessage> read = new ArrayList<>();
    actors.on(
        "DO_FRONT",
        (in, turn) -> {
          read.addAll(turn.history("a", 0, 2));
          read.addAll(turn.history("a", 2, 100));
          read.addAll(turn.history("a", 5, 100));
          read.addAll(turn.history("nobody", 0, 100));
          return AskingActors.add(in, turn);
        });

    relay.ask("front", "DO_FRONT", new In("c", 1));

    assertThat(read).extracting(PastMessage::version).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(read).extracting(past -> in(past).n()).containsExactly(1, 2, 3, 4, 5);
    assertThat(read.get(0).message().type()).isEqualTo("PURE_FRONT");
  }

  /** Turns of one instance share commits, so what is read must be what was committed before. */
  @Test
  void of_its_own_instance_it_is_all_that_the_state_is_made_of_under_any_load() {
    actors.on("DO_FRONT", HistoryIT::sumOfHistory);
    List<CompletableFuture<Integer>> found = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      relay.askAsync("front", "PURE_FRONT", new In("a", 1));
      if (i % 20 == 0) {
        found.add(
            relay
                .askAsync("front", "DO_FRONT", new In("a", 0))
                .thenApply(reply -> reply.as(Sum.class).n()));
      }
    }

    List<Integer> states = found.stream().map(CompletableFuture::join).toList();
    assertThat(states).hasSize(20).containsOnly(0);
  }

  @Test
  void a_handler_that_is_not_declared_to_wait_learns_what_to_write() {
    actors.on("PURE_FRONT", (in, turn) -> new Sum(turn.history(turn.self().key(), 0, 10).size()));

    assertThatThrownBy(() -> relay.ask("front", "PURE_FRONT", new In("a", 1)))
        .isInstanceOf(RelayException.class)
        .hasMessageContaining("@Handles(value = \"PURE_FRONT\", waits = true)");
  }

  /** How far the state and the sum of the history are apart. */
  private static Sum sumOfHistory(In in, Turn<Sum> turn) {
    int sum = 0;
    for (PastMessage past : turn.history(turn.self().key(), 0, 10_000)) {
      sum += in(past).n();
    }
    int state = turn.state().map(Sum::n).orElse(0);
    return new Sum(state - sum);
  }

  private static In in(PastMessage past) {
    return Json.mapper().treeToValue(past.message().payload(), In.class);
  }
}
