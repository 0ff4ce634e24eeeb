package dev.relay.testkit;

import dev.relay.actor.RelayActor;
import dev.relay.catalog.Catalog;
import dev.relay.catalog.CatalogEvent;
import dev.relay.catalog.Consumer;
import dev.relay.definition.ActorDefinition;
import dev.relay.definition.ActorDefinitionReader;
import dev.relay.definition.DefinitionSet;
import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import dev.relay.message.ActorAddress;
import dev.relay.message.Headers;
import dev.relay.message.Json;
import dev.relay.message.Message;
import dev.relay.message.MessageId;
import dev.relay.route.Router;
import dev.relay.schema.SchemaCompiler;
import dev.relay.schema.Verdict;
import dev.relay.schema.Violation;
import dev.relay.turn.Asking;
import dev.relay.turn.Behaviour;
import dev.relay.turn.StateValue;
import dev.relay.turn.TurnInput;
import dev.relay.turn.TurnOutcome;
import dev.relay.turn.TurnRunner;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One instance of an actor, to be given a message. Its turn runs as in a node: payload, rules, new
 * state, reply and emitted events are checked against the definitions, and nothing is written.
 *
 * <pre>{@code
 * TestActor cart = TestActor.of(Path.of("actors"), "cart", new CartActor());
 *
 * TestTurn turn = cart.given(full).when("CHECKOUT_CART", Map.of("userId", "user123"));
 *
 * assertThat(turn.reply(Cart.class)).isInstanceOf(Cart.CheckingOut.class);
 * assertThat(turn.emitted("CART_CHECKED_OUT")).isEqualTo(turn.reply());
 * }</pre>
 *
 * <p>Asks to other actors are answered as scripted: {@code cart.answering("inventory",
 * "CHECK_STOCK", Map.of("available", 3))}, {@code refusing} and {@code silent}. They are checked as
 * in a node: declared, and by the schema of the other actor where its definition is there.
 *
 * <p>States and payloads are JSON text, {@link JsonNode}s, or anything that Jackson writes as an
 * object. Immutable and thread-safe, as far as the actor is.
 */
public final class TestActor {
  private static final TurnRunner RUNNER = new TurnRunner(MessageId::mint);

  private final Behaviour behaviour;
  private final Catalog catalog;
  private final @Nullable StateValue state;
  private final Instant now;
  private final AskScript asks;

  private TestActor(
      Behaviour behaviour,
      Catalog catalog,
      @Nullable StateValue state,
      Instant now,
      AskScript asks) {
    this.behaviour = behaviour;
    this.catalog = catalog;
    this.state = state;
    this.now = now;
    this.asks = asks;
  }

  /**
   * An actor whose handlers are all in its definition.
   *
   * @param definitions the folder of all actors, so that the events of others are known too, or the
   *     file of one
   * @param name the actor's name
   * @throws dev.relay.definition.InvalidDefinitionException where a definition has problems
   */
  public static TestActor of(Path definitions, String name) {
    return create(definitions, name, null);
  }

  /** An actor with handlers in Java; otherwise like {@link #of(Path, String)}. */
  public static TestActor of(Path definitions, String name, RelayActor<?> actor) {
    return create(definitions, name, actor);
  }

  private static TestActor create(Path definitions, String name, @Nullable RelayActor<?> actor) {
    DefinitionSet all = new ActorDefinitionReader().readPaths(List.of(definitions));
    ActorDefinition definition =
        all.definitions().stream()
            .filter(one -> one.name().equals(name))
            .findFirst()
            .orElseThrow(
                () -> new IllegalArgumentException("no actor " + name + " in " + definitions));
    return new TestActor(
        Behaviour.bind(definition, actor),
        DraftedCatalog.of(all.draft()),
        null,
        Instant.parse("2026-01-01T00:00:00Z"),
        AskScript.EMPTY);
  }

  /**
   * The same actor in this state; it has none at first.
   *
   * @throws IllegalArgumentException where the state breaks the definition's schema
   */
  public TestActor given(Object newState) {
    JsonNode tree = json(newState);
    Verdict verdict =
        new SchemaCompiler().compile(behaviour.definition().stateSchema()).check(tree);
    if (!verdict.violations().isEmpty()) {
      throw new IllegalArgumentException(
          "not a state of " + behaviour.definition().name() + ": " + verdict.violations());
    }
    return in(StateValue.ofTree(tree));
  }

  /** The same actor at this time; it is the beginning of 2026 at first. */
  public TestActor at(Instant time) {
    return new TestActor(behaviour, catalog, state, time, asks);
  }

  /** The same actor, to whose asks of this kind the other actor always gives this answer. */
  public TestActor answering(String actor, String event, Object answer) {
    JsonNode tree = json(answer);
    return scripted(actor, event, payload -> tree);
  }

  /** The same actor, to whose asks of this kind the other actor gives what the function makes. */
  public TestActor answering(String actor, String event, Function<JsonNode, Object> answer) {
    return scripted(actor, event, payload -> json(answer.apply(payload)));
  }

  /**
   * The same actor, whose asks of this kind the other actor refuses.
   *
   * @param reason the other actor's own word, for example {@code OUT_OF_STOCK}
   */
  public TestActor refusing(String actor, String event, String reason, String message) {
    RelayException refusal = RelayException.of(ErrorCode.REFUSED, message).reason(reason).build();
    return scripted(actor, event, AskScript.failing(actor, event, refusal));
  }

  /** The same actor, whose asks of this kind aren't answered in time. */
  public TestActor silent(String actor, String event) {
    RelayException late =
        RelayException.of(ErrorCode.TIMED_OUT, event + " was not answered in time").build();
    return scripted(actor, event, AskScript.failing(actor, event, late));
  }

  private TestActor scripted(String actor, String event, Function<JsonNode, JsonNode> answer) {
    AskScript more = asks.with(actor, event, answer);
    return new TestActor(behaviour, catalog, state, now, more);
  }

  /**
   * Runs the turn of one message. The field of the payload that is the actor's key says which
   * instance it is.
   *
   * @throws IllegalArgumentException where the definitions don't let the actor receive the event
   */
  public TestTurn when(String event, Object payload) {
    CatalogEvent known =
        catalog
            .event(event)
            .orElseThrow(() -> new IllegalArgumentException("no definition has " + event));
    Consumer consumer =
        known
            .consumer(behaviour.definition().name())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        behaviour.definition().name() + " doesn't receive " + event));
    Message message = message(known, json(payload));
    List<TestTurn.Asked> asked = new ArrayList<>();
    TurnOutcome outcome = outcome(known, consumer, message, asks.asking(catalog, asked));
    return new TestTurn(this, message, outcome, asked);
  }

  private TurnOutcome outcome(
      CatalogEvent event, Consumer consumer, Message message, Asking asking) {
    List<Violation> violations = event.payload().check(message.payload()).violations();
    if (!violations.isEmpty()) {
      String text = "the payload of " + event.name() + " breaks its schema: " + violations;
      return new TurnOutcome.Refused(ErrorCode.PAYLOAD_INVALID, text, null, violations);
    }
    String field = Router.keyField(catalog, consumer);
    Optional<String> key =
        field == null
            ? Optional.empty()
            : Router.key(catalog, message.payload(), field, message.headers().time());
    if (key.isEmpty()) {
      String text = "the payload of " + event.name() + " names no instance in its field " + field;
      return new TurnOutcome.Refused(ErrorCode.KEY_MISSING, text, null, List.of());
    }
    ActorAddress self = new ActorAddress(consumer.actor(), key.get());
    return RUNNER.run(behaviour, new TurnInput(self, message, state, now, catalog, asking, null));
  }

  private Message message(CatalogEvent event, JsonNode payload) {
    MessageId id = MessageId.mint();
    String version = event.definition().schemaVersion();
    return new Message(
        id, event.name(), payload, new Headers(id.value(), null, null, null, version, now));
  }

  TestActor in(@Nullable StateValue newState) {
    return new TestActor(behaviour, catalog, newState, now, asks);
  }

  @Nullable StateValue state() {
    return state;
  }

  private static JsonNode json(Object value) {
    return value instanceof String text
        ? Json.mapper().readTree(text)
        : Json.mapper().valueToTree(value);
  }
}
