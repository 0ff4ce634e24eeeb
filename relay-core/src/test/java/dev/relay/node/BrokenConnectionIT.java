package dev.relay.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import dev.relay.message.MessageId;
import dev.relay.postgres.PostgresStores;
import dev.relay.store.CommitGroup;
import dev.relay.store.JournalEntry;
import dev.relay.store.StoreException;
import dev.relay.store.TurnStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** A connection that breaks while a commit is under way: what the caller hears, what is there. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class BrokenConnectionIT {
  private static final Duration BOUND = Duration.ofSeconds(20);
  private static Engine engine;

  @BeforeAll
  static void start() {
    engine = new Engine();
  }

  @AfterAll
  static void stop() {
    engine.close();
  }

  @Test
  void a_commit_cut_before_its_end_is_told_as_open_and_repeated_once_by_request_id()
      throws SQLException {
    Node node = engine.node();
    Engine.ask(node, CounterActors.ADD, "cut", 1);
    SendRequest request =
        SendRequest.to("counter", CounterActors.ADD, Engine.amount("cut", 2))
            .withRequestId("req-cut");
    CompletableFuture<Receipt> answer;
    try (Connection blocker = engine.dataSource.getConnection();
        Statement statement = blocker.createStatement()) {
      blocker.setAutoCommit(false);
      statement.execute("SELECT FROM relay.actor_state WHERE key = 'cut' FOR UPDATE");
      answer = node.send(request);
      await().atMost(BOUND).until(BrokenConnectionIT::cutsABlockedCommit);
      blocker.rollback();
    }

    assertThatThrownBy(answer::join)
        .hasCauseInstanceOf(RelayException.class)
        .cause()
        .satisfies(
            failure ->
                assertThat(((RelayException) failure).code())
                    .isEqualTo(ErrorCode.DATABASE_UNREACHABLE));
    assertThat(((Receipt.Answered) Engine.await(node, request)).data())
        .hasToString("{\"total\":3,\"turns\":2}");
    assertThat(((Receipt.Answered) Engine.await(node, request)).repeated()).isTrue();
  }

  @Test
  void a_commit_whose_answer_was_lost_is_found_in_the_journal_and_not_repeated() {
    AtomicBoolean lose = new AtomicBoolean();
    Node node = engine.node(NodeOptions.DEFAULT, store -> losingAnswers(store, lose));
    Engine.ask(node, CounterActors.ADD, "lost", 1);

    lose.set(true);
    Receipt.Answered answer = Engine.ask(node, CounterActors.ADD, "lost", 2);

    assertThat(answer.data()).hasToString("{\"total\":3,\"turns\":2}");
    assertThat(lose).isFalse();
    assertThat(
            engine.count(
                "SELECT count(*) FROM relay.journal WHERE actor = 'counter' AND key = 'lost'"))
        .isEqualTo(2);
  }

  @Test
  void a_group_of_which_another_node_did_a_part_is_not_taken_for_written() {
    Node node = engine.node();
    Engine.ask(node, CounterActors.ADD, "part", 1);
    String turn = engine.sql("SELECT turn_id FROM relay.journal WHERE key = 'part'");
    TurnStore store = PostgresStores.turns(engine.dataSource);
    Instant since = Instant.now().minusSeconds(60);

    JournalEntry theirs = entry(turn, "part");
    JournalEntry mine = entry(MessageId.mint().value(), "mine");

    assertThat(store.committed(List.of(theirs), since)).isTrue();
    assertThat(store.committed(List.of(theirs, mine), since)).isFalse();
  }

  private static JournalEntry entry(String turn, String key) {
    return new JournalEntry(turn, "counter", key, 1, "{}", null, JournalEntry.DONE);
  }

  private static boolean cutsABlockedCommit() {
    return engine
        .sql(
            "SELECT bool_or(pg_terminate_backend(pid)) FROM pg_stat_activity"
                + " WHERE wait_event_type = 'Lock' AND query LIKE '%commit_group%'"
                + " AND pid <> pg_backend_pid()")
        .equals("t");
  }

  /** The real store, whose next commit is written and then answered as if the connection broke. */
  private static TurnStore losingAnswers(TurnStore store, AtomicBoolean lose) {
    return (TurnStore)
        Proxy.newProxyInstance(
            TurnStore.class.getClassLoader(),
            new Class<?>[] {TurnStore.class},
            (proxy, method, arguments) -> {
              try {
                Object result = method.invoke(store, arguments);
                boolean turn =
                    method.getName().equals("commit")
                        && !((CommitGroup) arguments[0]).journal().isEmpty();
                if (turn && lose.compareAndSet(true, false)) {
                  throw new StoreException(
                      StoreException.Kind.UNKNOWN, "lost on the way", new SQLException("cut"));
                }
                return result;
              } catch (InvocationTargetException failed) {
                throw failed.getCause();
              }
            });
  }
}
