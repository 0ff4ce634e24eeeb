package dev.relay.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.relay.Relay;
import dev.relay.RelayBuilder;
import dev.relay.Reply;
import dev.relay.actor.Turn;
import dev.relay.ask.AskingActors.In;
import dev.relay.ask.AskingActors.Sum;
import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import dev.relay.message.Json;
import dev.relay.node.EventReply;
import dev.relay.node.EventReply.Outcome;
import dev.relay.node.Receipt;
import dev.relay.node.SendRequest;
import dev.relay.postgres.TestDatabase;
import dev.relay.transport.InProcessHub;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Asks of handlers, and replies of asked consumers, where the actors live on different nodes. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class AsksBetweenNodesIT {
  private static final Duration BOUND = Duration.ofSeconds(60);
  private final TestDatabase database = TestDatabase.create();
  private final AskingActors actors = new AskingActors();
  private final InProcessHub hub = new InProcessHub();
  private final List<Relay> relays = new ArrayList<>();
  @TempDir private Path folder;

  /** Hosts front and back. */
  private Relay one() {
    return relays.get(0);
  }

  /** Hosts middle and ear. */
  private Relay two() {
    return relays.get(1);
  }

  @AfterEach
  void stop() {
    relays.forEach(Relay::close);
    database.close();
  }

  @ParameterizedTest(name = "over {0}")
  @ValueSource(strings = {"in-process", "postgres"})
  void an_ask_goes_to_the_other_node_and_back_into_the_first(String carrier) {
    start(carrier);
    actors.on("DO_FRONT", (in, turn) -> turn.become(next("middle", "DO_MIDDLE", in, turn)));
    actors.on("DO_MIDDLE", (in, turn) -> turn.become(next("back", "DO_BACK", in, turn)));

    for (Relay asked : relays) {
      Reply reply = asked.ask("front", "DO_FRONT", new In("x", 5));
      assertThat(reply.as(Sum.class).n()).isPositive();
    }

    assertThat(state("back")).containsExactly("14");
    assertThat(state("front")).as("what the last of them came back with").containsExactly("14");
    assertThat(actors.runs("DO_BACK", "x")).isEqualTo(2);
    assertThat(actors.runs("DO_MIDDLE", "x")).isEqualTo(2);
  }

  @ParameterizedTest(name = "over {0}")
  @ValueSource(strings = {"in-process", "postgres"})
  void a_ring_over_both_nodes_is_refused_at_once(String carrier) {
    start(carrier);
    actors.on("DO_FRONT", (in, turn) -> turn.become(next("middle", "DO_MIDDLE", in, turn)));
    actors.on("DO_MIDDLE", (in, turn) -> turn.become(next("back", "DO_BACK", in, turn)));
    actors.on("DO_BACK", (in, turn) -> turn.become(next("front", "DO_FRONT", in, turn)));

    assertThatThrownBy(() -> two().ask("front", "DO_FRONT", new In("x", 5)))
        .isInstanceOfSatisfying(
            RelayException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.ASK_RING));
    assertThat(state("front")).isEmpty();
    assertThat(state("back")).isEmpty();
  }

  @ParameterizedTest(name = "over {0}")
  @ValueSource(strings = {"in-process", "postgres"})
  void an_asked_consumer_of_the_other_node_replies_into_the_answer(String carrier) {
    start(carrier);
    actors.on("DO_FRONT", AsksBetweenNodesIT::emit);
    actors.on("FRONT_DONE", (in, turn) -> turn.become(new Sum(in.n() * 2)));

    for (Relay asked : relays) {
      EventReply heard = only(asked.ask("front", "DO_FRONT", new In("a", 21)).replies());

      assertThat(heard.outcome()).isEqualTo(Outcome.REPLIED);
      assertThat(heard.data()).hasToString("{\"n\":42}");
    }
    assertThat(actors.runs("FRONT_DONE", "a")).isEqualTo(2);
  }

  @ParameterizedTest(name = "over {0}")
  @ValueSource(strings = {"in-process", "postgres"})
  void a_refusal_of_the_other_node_is_told_and_one_that_is_gone_is_pending(String carrier) {
    start(carrier);
    actors.on("DO_FRONT", AsksBetweenNodesIT::emit);
    actors.on(
        "FRONT_DONE",
        (in, turn) -> {
          throw turn.refuse("DEAF", "can't hear");
        });

    EventReply refused = only(two().ask("front", "DO_FRONT", new In("a", 1)).replies());
    assertThat(refused.error()).isEqualTo(new EventReply.Error("RLY-2107", "DEAF", "can't hear"));

    two().close();
    await().atMost(BOUND).until(() -> one().cluster().members().size() == 1);
    SendRequest request =
        SendRequest.to("front", "DO_FRONT", Json.mapper().valueToTree(new In("b", 1)))
            .withTimeout(Duration.ofSeconds(2));
    Receipt.Answered answered = (Receipt.Answered) one().send(request).join();
    assertThat(only(answered.replies()).outcome()).isEqualTo(Outcome.PENDING);
    assertThat(database.strings("SELECT key FROM relay.deliveries WHERE status = 'ready'"))
        .containsExactly("b");
  }

  private void start(String carrier) {
    AskingActors.definitions(folder);
    relays.add(node(carrier, "front", "back"));
    relays.add(node(carrier, "middle", "ear"));
    for (Relay relay : relays) {
      await().atMost(BOUND).until(() -> relay.cluster().members().size() == 2);
    }
  }

  private Relay node(String carrier, String... hosted) {
    RelayBuilder builder =
        Relay.builder()
            .postgres(database.jdbcUrl(), database.user(), database.password())
            .actors(folder)
            .host(hosted);
    if (carrier.equals("postgres")) {
      builder.postgresTransport(true);
    } else {
      builder.transport(hub.transport());
    }
    actors.actors().forEach(builder::actor);
    return builder.start();
  }

  /** Asks the next one for one more, of the same key. */
  private static Sum next(String actor, String event, In in, Turn<Sum> turn) {
    return turn.ask(actor, event, new In(in.id(), in.n() + 1)).as(Sum.class);
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
