package dev.relay.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.cluster.Assignment;
import dev.relay.cluster.Member;
import dev.relay.cluster.Roster;
import dev.relay.postgres.PostgresStores;
import dev.relay.store.DeliveryRef;
import dev.relay.transport.InProcessHub;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/**
 * A partition that owes several pages is read whole, without the sweeper's next look: whatever
 * keeps a read from its end wakes it again.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class BacklogIT {
  /** Two pages and a bit. */
  private static final int OWED = 1_200;

  private final Engine engine = new Engine();
  private final AtomicInteger wakes = new AtomicInteger();
  private final Deque<Work.Delivery> waiting = new ArrayDeque<>();
  private final List<String> admitted = new ArrayList<>();
  private Runnable meanwhile = () -> {};
  private @Nullable CatchUp catchUp;

  @BeforeEach
  void owe() {
    try (Node counters = engine.neighbour(new InProcessHub().transport(), "counter").node()) {
      List<CompletableFuture<Receipt>> answers = new ArrayList<>();
      for (int n = 0; n < OWED; n++) {
        answers.add(
            counters.send(SendRequest.to("counter", CounterActors.ADD, Engine.amount("k", 1))));
      }
      answers.forEach(CompletableFuture::join);
    }
    assertThat(engine.count("SELECT count(*) FROM relay.deliveries")).isEqualTo(OWED);
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  @Test
  void a_partition_that_is_marked_again_while_it_is_read_is_read_again_at_once() {
    DeliveryIntake intake = intake(10 * OWED);

    sweep(
        intake,
        () -> {
          if (admitted.size() == OWED / 2) {
            DeliveryRef ref = waiting.getLast().ref();
            intake.reread(ref);
          }
        });

    assertThat(intake.behind()).isEmpty();
    assertThat(admitted).hasSize(OWED).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void what_there_was_no_room_for_is_read_as_soon_as_there_is() {
    DeliveryIntake intake = intake(OWED / 2);

    sweep(intake, () -> {});
    assertThat(admitted).as("no more than there is room for").hasSizeLessThan(OWED);
    while (!waiting.isEmpty()) {
      consume(intake, waiting.removeFirst().ref());
      sweep(intake, () -> {});
    }

    assertThat(intake.behind()).isEmpty();
    assertThat(admitted).hasSize(OWED).isSorted().doesNotHaveDuplicates();
  }

  private void consume(DeliveryIntake intake, DeliveryRef ref) {
    engine.sql("DELETE FROM relay.deliveries WHERE id = '" + ref.id() + "' RETURNING id");
    intake.finished(ref);
  }

  /** As the sweeper does: reads whenever it was woken, and looks at no clock. */
  private void sweep(DeliveryIntake intake, Runnable during) {
    meanwhile = during;
    while (wakes.getAndSet(0) > 0) {
      Objects.requireNonNull(catchUp).read(intake.behind());
    }
  }

  private DeliveryIntake intake(int most) {
    var ledger =
        engine.actors.behaviours().stream()
            .filter(each -> each.definition().name().equals("ledger"))
            .findAny()
            .orElseThrow();
    Hosting hosting =
        new Hosting(
            Map.of(
                "ledger",
                new Hosting.Hosted(ledger, new ActorTally("ledger", new SimpleMeterRegistry()))));
    DeliveryIntake intake = new DeliveryIntake(hosting, most, this::admitted);
    intake.onBehind(wakes::incrementAndGet);
    catchUp = new CatchUp(intake, PostgresStores.turns(engine.pool()));
    Member me = new Member("me", 1, Set.of("ledger"), "1", "here", null, false, Instant.EPOCH);
    intake.assign(Assignment.of("me", new Roster(1, List.of(me))));
    return intake;
  }

  private void admitted(Work.Delivery delivery) {
    admitted.add(delivery.ref().id());
    waiting.add(delivery);
    meanwhile.run();
  }
}
