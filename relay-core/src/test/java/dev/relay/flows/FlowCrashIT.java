package dev.relay.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.relay.Relay;
import dev.relay.RelayBuilder;
import dev.relay.actor.Turn;
import dev.relay.flows.FlowActors.Book;
import dev.relay.message.ActorAddress;
import dev.relay.message.Json;
import dev.relay.node.NodeOptions;
import dev.relay.postgres.TestDatabase;
import dev.relay.transport.InProcessHub;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Flows whose node dies. A node that loses every connection at once, in the middle of a step, can't
 * write anything any more: to all others that is a crash. What was done is counted by what the
 * actors have written down, not by how often somebody was called.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FlowCrashIT {
  private static final Duration BOUND = Duration.ofSeconds(60);

  private final TestDatabase database = TestDatabase.create();
  private final FlowActors actors = new FlowActors();
  private final List<Runnable> ends = new ArrayList<>();
  private final CountDownLatch over = new CountDownLatch(1);
  @TempDir private Path folder;

  @BeforeEach
  void definitions() {
    FlowActors.definitions(folder);
    FlowActors.flow(folder, "checkout", FlowsIT.CHECKOUT);
  }

  @AfterEach
  void stop() {
    over.countDown();
    ends.forEach(Runnable::run);
    database.close();
  }

  @ParameterizedTest(name = "at run {1} of {0}")
  @CsvSource({"OPEN,1", "RESERVE,1", "RESERVE,2", "CHARGE,1", "CONFIRM,1"})
  void a_crash_at_any_step_is_made_good_and_each_step_happens_once(String event, int run) {
    crashAt(event, run);

    begin(FlowsIT.order("a", 1, 2));
    Relay next = survivor();

    await().atMost(BOUND).until(() -> status(next, "a").equals("done"));
    assertThat(did(next, "desk", "a")).containsExactly("OPEN a", "CONFIRM a");
    assertThat(did(next, "stock", "p0")).containsExactly("RESERVE a");
    assertThat(did(next, "stock", "p1")).containsExactly("RESERVE a");
    assertThat(did(next, "pay", "a")).containsExactly("CHARGE a");
    await()
        .atMost(BOUND)
        .untilAsserted(() -> assertThat(did(next, "desk", "mail-a")).containsExactly("MAIL a"));
  }

  @ParameterizedTest(name = "at run {1} of {0}")
  @CsvSource({"RELEASE,1", "RELEASE,2", "CLOSE,1"})
  void a_crash_while_undoing_is_made_good_and_each_step_is_undone_once(String event, int run) {
    crashAt(event, run);

    begin(FlowsIT.order("b", 1, 2, 9));
    Relay next = survivor();

    await().atMost(BOUND).until(() -> status(next, "b").equals("compensated"));
    assertThat(did(next, "desk", "b")).containsExactly("OPEN b", "CLOSE b");
    assertThat(did(next, "stock", "p0")).containsExactly("RESERVE b", "RELEASE b");
    assertThat(did(next, "stock", "p1")).containsExactly("RESERVE b", "RELEASE b");
    assertThat(did(next, "stock", "p2")).isEmpty();
    assertThat(did(next, "pay", "b")).isEmpty();
  }

  @Test
  void two_nodes_share_the_runs_and_each_step_happens_once() {
    InProcessHub hub = new InProcessHub();
    Relay one = relay(pool(), builder -> builder.transport(hub.transport()));
    Relay two = relay(pool(), builder -> builder.transport(hub.transport()));
    List<CompletableFuture<?>> outcomes = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Relay asked = i % 2 == 0 ? one : two;
      outcomes.add(asked.flows().start("checkout", FlowsIT.order("o" + i, 1, 1), null));
      outcomes.add(two.flows().start("checkout", FlowsIT.order("o" + i, 1, 1), null));
    }
    outcomes.forEach(CompletableFuture::join);

    for (int i = 0; i < 20; i++) {
      assertThat(did(one, "pay", "o" + i)).containsExactly("CHARGE o" + i);
    }
    assertThat(did(two, "stock", "p0")).hasSize(20).doesNotHaveDuplicates();
    assertThat(did(two, "stock", "p1")).hasSize(20).doesNotHaveDuplicates();
    assertThat(database.strings("SELECT 1 FROM relay.deliveries WHERE status = 'dead'")).isEmpty();
  }

  /** Only the first node's run number {@code run} of this handler ends that node. */
  private void crashAt(String event, int run) {
    AtomicInteger runs = new AtomicInteger();
    HikariDataSource doomed = pool();
    FlowActors first = new FlowActors();
    first.before(
        event,
        (in, turn) -> {
          if (runs.incrementAndGet() == run) {
            doomed.close();
            hang(turn);
          }
        });
    doomedRelay =
        relay(
            doomed,
            builder -> {
              builder.options(quick());
              first.actors().forEach(builder::actor);
            });
  }

  private Relay doomedRelay;

  private void hang(Turn<Book> turn) throws InterruptedException {
    over.await();
    throw new IllegalStateException(turn.self() + " died");
  }

  private void begin(ObjectNode order) {
    doomedRelay.flows().start("checkout", order, null).exceptionally(failure -> null);
    await().atMost(BOUND).until(this::isStarted);
  }

  /** The start is safe: it is owed, or was consumed. */
  private boolean isStarted() {
    return !database
        .strings(
            "SELECT 1 FROM relay.deliveries UNION ALL SELECT 1 FROM relay.journal WHERE actor ="
                + " 'flow-checkout'")
        .isEmpty();
  }

  private Relay survivor() {
    return relay(pool(), builder -> {});
  }

  private static NodeOptions quick() {
    NodeOptions usual = NodeOptions.DEFAULT;
    return new NodeOptions(
        usual.lanes(),
        usual.maxWaiting(),
        usual.maxGroup(),
        usual.maxDeliveries(),
        usual.cachedStateBytes(),
        Duration.ofMillis(100));
  }

  private Relay relay(HikariDataSource pool, Consumer<RelayBuilder> more) {
    RelayBuilder builder =
        Relay.builder()
            .postgres(pool)
            .actors(folder.resolve("actors"))
            .flows(folder.resolve("flows"));
    actors.actors().forEach(builder::actor);
    more.accept(builder);
    Relay relay = builder.start();
    ends.add(0, relay::close);
    return relay;
  }

  private HikariDataSource pool() {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(database.jdbcUrl());
    config.setUsername(database.user());
    config.setPassword(database.password());
    config.setMaximumPoolSize(12);
    config.setMinimumIdle(2);
    config.setConnectionTimeout(2_000);
    HikariDataSource pool = new HikariDataSource(config);
    ends.add(pool::close);
    return pool;
  }

  private static String status(Relay relay, String key) {
    return relay
        .instance(new ActorAddress("flow-checkout", key))
        .map(found -> found.state())
        .orElse(Json.mapper().createObjectNode())
        .path("status")
        .asString("");
  }

  private static List<String> did(Relay relay, String actor, String key) {
    return relay
        .instance(new ActorAddress(actor, key))
        .map(found -> found.state().path("did").valueStream().map(JsonNode::asString).toList())
        .orElse(List.of());
  }
}
