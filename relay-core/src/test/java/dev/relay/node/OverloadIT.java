package dev.relay.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What a node does with more than it has room for. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OverloadIT {
  private static final int ROOM = 4;

  @Test
  void what_there_is_no_room_for_is_refused_at_once_and_what_was_accepted_is_done() {
    try (Engine engine = new Engine()) {
      CountDownLatch gate = new CountDownLatch(1);
      engine.actors.counter.gate = gate;
      Node node =
          engine.node(
              new NodeOptions(1, ROOM, 256, 8_192, 1L << 20, Duration.ofSeconds(30)), s -> s);
      List<CompletableFuture<Receipt>> accepted = new ArrayList<>();
      for (int i = 0; i < ROOM; i++) {
        accepted.add(
            node.send(
                SendRequest.to(
                    "counter", CounterActors.ADD_SLOWLY, Engine.amount("slow-" + i, 1))));
      }

      assertThatThrownBy(() -> Engine.ask(node, CounterActors.ADD, "late", 1))
          .isInstanceOfSatisfying(
              RelayException.class,
              failure -> {
                assertThat(failure.code()).isEqualTo(ErrorCode.OVERLOADED);
                assertThat(failure).hasMessageContaining(ROOM + " messages are waiting");
              });
      gate.countDown();
      accepted.forEach(CompletableFuture::join);

      assertThat(Engine.ask(node, CounterActors.ADD, "late", 1).data())
          .hasToString("{\"total\":1,\"turns\":1}");
      assertThat(
              engine.count(
                  "SELECT count(*) FROM relay.actor_state WHERE actor = 'counter' AND key LIKE 'slow-%'"))
          .isEqualTo(ROOM);
    }
  }
}
