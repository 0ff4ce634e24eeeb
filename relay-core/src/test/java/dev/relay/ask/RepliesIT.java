package dev.relay.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.relay.Relay;
import dev.relay.RelayBuilder;
import dev.relay.Reply;
import dev.relay.actor.Turn;
import dev.relay.ask.AskingActors.In;
import dev.relay.ask.AskingActors.Sum;
import dev.relay.message.Json;
import dev.relay.node.EventReply;
import dev.relay.node.EventReply.Outcome;
import dev.relay.node.Receipt;
import dev.relay.node.SendRequest;
import dev.relay.postgres.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An emitted event asks its consumers, and what they reply goes into the answer. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RepliesIT {
  private static final Duration BOUND = Duration.ofSeconds(30);
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
    actors.on("DO_FRONT", RepliesIT::emit);
  }

  @AfterEach
  void stop() {
    relay.close();
    database.close();
  }

  @Test
  void what_an_asked_consumer_replies_is_in_the_answer() {
    actors.on("FRONT_DONE", (in, turn) -> turn.become(new Sum(in.n() * 2)));

    Reply reply = relay.ask("front", "DO_FRONT", new In("a", 21));

    assertThat(reply.emitted()).containsExactly("FRONT_DONE");
    EventReply heard = only(reply.replies());
    assertThat(heard.outcome()).isEqualTo(Outcome.REPLIED);
    assertThat(heard.event() + " " + heard.actor() + "/" + heard.key())
        .isEqualTo("FRONT_DONE ear/a");
    assertThat(heard.data()).hasToString("{\"n\":42}");
  }

  @Test
  void a_consumer_that_fails_first_and_succeeds_in_time_is_in_the_answer() {
    actors.on(
        "FRONT_DONE",
        (in, turn) -> {
          if (actors.runs("FRONT_DONE", "a") < 3) {
            throw new IllegalStateException("not yet");
          }
          return turn.become(new Sum(7));
        });

    EventReply heard = only(relay.ask("front", "DO_FRONT", new In("a", 1)).replies());

    assertThat(heard.data()).hasToString("{\"n\":7}");
  }

  @Test
  void a_consumer_that_refuses_says_so_in_the_answer_and_the_ask_stays_done() {
    actors.on(
        "FRONT_DONE",
        (in, turn) -> {
          throw turn.refuse("DEAF", "can't hear");
        });

    Reply reply = relay.ask("front", "DO_FRONT", new In("a", 5));

    assertThat(reply.as(Sum.class).n()).isEqualTo(5);
    EventReply heard = only(reply.replies());
    assertThat(heard.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(heard.error()).isEqualTo(new EventReply.Error("RLY-2107", "DEAF", "can't hear"));
  }

  @Test
  void the_commit_never_waits_and_a_late_reply_is_listed_as_pending() {
    CountDownLatch gate = new CountDownLatch(1);
    actors.on(
        "FRONT_DONE",
        (in, turn) -> {
          if (!gate.await(20, TimeUnit.SECONDS)) {
            throw new IllegalStateException("nobody opened the gate");
          }
          return turn.become(new Sum(in.n()));
        });
    SendRequest request =
        SendRequest.to("front", "DO_FRONT", Json.mapper().valueToTree(new In("a", 5)))
            .withTimeout(Duration.ofSeconds(3));

    var answer = relay.send(request);
    await().atMost(BOUND).untilAsserted(() -> assertThat(state("front")).containsExactly("5"));
    assertThat(answer).as("committed, and still open for the reply").isNotDone();

    Receipt.Answered answered = (Receipt.Answered) answer.join();
    assertThat(answered.data()).hasToString("{\"n\":5}");
    assertThat(only(answered.replies()).outcome()).isEqualTo(Outcome.PENDING);
    assertThat(state("ear")).isEmpty();
    gate.countDown();
    await().atMost(BOUND).untilAsserted(() -> assertThat(state("ear")).containsExactly("5"));
  }

  @Test
  void the_same_request_again_gets_the_same_replies() {
    Receipt.Answered first = (Receipt.Answered) relay.send(request("r-1")).join();
    Receipt.Answered again = (Receipt.Answered) relay.send(request("r-1")).join();

    assertThat(again.repeated()).isTrue();
    assertThat(again.replies()).isEqualTo(first.replies()).hasSize(1);
    assertThat(actors.runs("FRONT_DONE", "a")).isEqualTo(1);
  }

  @Test
  void who_asks_again_while_the_first_waits_waits_for_the_same_replies() {
    CountDownLatch gate = new CountDownLatch(1);
    actors.on(
        "FRONT_DONE",
        (in, turn) -> {
          if (!gate.await(20, TimeUnit.SECONDS)) {
            throw new IllegalStateException("nobody opened the gate");
          }
          return turn.become(new Sum(in.n()));
        });
    var first = relay.send(request("r-2"));
    await().atMost(BOUND).until(() -> actors.runs("FRONT_DONE", "a") == 1);

    var again = relay.send(request("r-2"));
    gate.countDown();

    assertThat(((Receipt.Answered) again.join()).replies())
        .isEqualTo(((Receipt.Answered) first.join()).replies())
        .extracting(EventReply::outcome)
        .containsExactly(Outcome.REPLIED);
  }

  private static SendRequest request(String id) {
    return SendRequest.to("front", "DO_FRONT", Json.mapper().valueToTree(new In("a", 5)))
        .withRequestId(id);
  }

  @Test
  void an_answer_without_asked_consumers_waits_for_nobody() {
    database.sql("UPDATE event_consumers SET pattern = 'publish' WHERE consumer_actor = 'ear'");
    await()
        .atMost(BOUND)
        .until(
            () ->
                relay.catalog().event("FRONT_DONE").orElseThrow().definition().consumers().stream()
                    .noneMatch(consumer -> consumer.pattern().text().equals("ask")));

    assertThat(relay.ask("front", "DO_FRONT", new In("a", 5)).replies()).isEmpty();
    await().atMost(BOUND).untilAsserted(() -> assertThat(state("ear")).containsExactly("5"));
  }

  private static Sum emit(In in, Turn<Sum> turn) {
    turn.emit("FRONT_DONE", in);
    return turn.become(new Sum(in.n()));
  }

  private List<String> state(String actor) {
    return database.strings(
        "SELECT state ->> 'n' FROM relay.actor_state WHERE actor = '" + actor + "'");
  }

  private static EventReply only(List<EventReply> replies) {
    assertThat(replies).hasSize(1);
    return replies.get(0);
  }
}
