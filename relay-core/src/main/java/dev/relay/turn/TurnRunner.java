package dev.relay.turn;

import dev.relay.actor.AskRefusedException;
import dev.relay.actor.RefusedException;
import dev.relay.catalog.CatalogEvent;
import dev.relay.catalog.Consumer;
import dev.relay.catalog.EventKind;
import dev.relay.catalog.Pattern;
import dev.relay.definition.HandlerDefinition;
import dev.relay.definition.expression.ExpressionException;
import dev.relay.definition.expression.Rule;
import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import dev.relay.message.Headers;
import dev.relay.message.Json;
import dev.relay.message.JsonLimits;
import dev.relay.message.Message;
import dev.relay.message.MessageId;
import dev.relay.schema.DocumentSchema;
import dev.relay.schema.StorableDocument;
import dev.relay.schema.Violation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Runs one message against one state. Checks the actor's rules before the handler, and its reply,
 * new state and emitted events after it. Pure but for the ids it takes; thread-safe.
 */
public final class TurnRunner {
  private static final DocumentSchema STORABLE = new StorableDocument(JsonLimits.DEFAULT);

  private static final Predicate<Consumer> ASKED = consumer -> consumer.pattern() == Pattern.ASK;

  private final Supplier<MessageId> ids;

  /**
   * @param ids mints the ids of emitted messages
   */
  public TurnRunner(Supplier<MessageId> ids) {
    this.ids = ids;
  }

  /** Runs the turn; never throws but for an {@link Error} of the virtual machine. */
  public TurnOutcome run(Behaviour behaviour, TurnInput input) {
    Behaviour.Bound bound = behaviour.bound(input.message().type());
    if (bound == null) {
      return refused(
          ErrorCode.NOT_A_CONSUMER,
          "actor " + input.self().actor() + " has no handler for " + input.message().type());
    }
    try {
      TurnOutcome.Refused refusal = refusalByRules(bound.definition(), input.message());
      return refusal != null ? refusal : handle(behaviour, bound, input);
    } catch (RefusedException refusal) {
      return new TurnOutcome.Refused(
          ErrorCode.REFUSED, String.valueOf(refusal.getMessage()), refusal.reason(), List.of());
    } catch (AskRefusedException refusal) {
      return DeclaredAsks.refusalOfTurn(refusal);
    } catch (ExpressionException broken) {
      return refused(ErrorCode.HANDLER_FAILED, String.valueOf(broken.getMessage()));
    } catch (RelayException elsewhere) {
      return ofAnother(elsewhere);
    } catch (VirtualMachineError error) {
      if (error instanceof StackOverflowError) {
        return new TurnOutcome.Failed(error);
      }
      throw error;
    } catch (Throwable failure) {
      return new TurnOutcome.Failed(failure);
    }
  }

  /** What became of an ask that the handler made and whose failure it let through. */
  private static TurnOutcome ofAnother(RelayException failure) {
    return failure.code().isRefusal()
        ? new TurnOutcome.Refused(
            failure.code(),
            String.valueOf(failure.getMessage()),
            failure.reason().orElse(null),
            failure.violations())
        : new TurnOutcome.Failed(failure);
  }

  private TurnOutcome handle(Behaviour behaviour, Behaviour.Bound bound, TurnInput input)
      throws Throwable {
    DeclaredAsks declared = new DeclaredAsks(behaviour.definition(), bound);
    boolean readOnly = bound.definition().readOnly();
    OpenTurn turn = new OpenTurn(input, behaviour.stateType(), readOnly, declared);
    Object reply = bound.handler().handle(turn);
    return effects(behaviour, bound.definition(), turn, replyTree(reply, turn));
  }

  private TurnOutcome effects(
      Behaviour behaviour, HandlerDefinition definition, OpenTurn turn, @Nullable JsonNode reply) {
    StateValue state = turn.stateValue();
    if (state != null && state != turn.input().state()) {
      List<Violation> wrong = violations(behaviour.stateSchema(), state.tree());
      if (!wrong.isEmpty()) {
        return broken(ErrorCode.STATE_INVALID, "the new state of " + turn.self(), wrong);
      }
    }
    if (reply != null && definition.find() == null) {
      List<Violation> wrong = replyViolations(behaviour, turn, reply);
      if (!wrong.isEmpty()) {
        return broken(ErrorCode.REPLY_INVALID, "the reply to " + turn.message().type(), wrong);
      }
    }
    List<Message> emitted = new ArrayList<>(turn.emissions().size());
    for (OpenTurn.Emission emission : turn.emissions()) {
      TurnOutcome.Refused refusal = refusalOf(emission, definition, turn);
      if (refusal != null) {
        return refusal;
      }
      emitted.add(message(emission, turn.input()));
    }
    List<TimerChange> timers = new ArrayList<>(turn.timers().size());
    for (OpenTimers.Wish wish : turn.timers()) {
      TurnOutcome.Refused refusal = refusalOf(wish, behaviour, definition, turn);
      if (refusal != null) {
        return refusal;
      }
      timers.add(change(wish, turn.input()));
    }
    return new TurnOutcome.Effects(state, reply, emitted, timers);
  }

  /** A reply that is the state itself, under the state's own schema, was checked as the state. */
  private static List<Violation> replyViolations(
      Behaviour behaviour, OpenTurn turn, JsonNode reply) {
    CatalogEvent event = turn.input().catalog().event(turn.message().type()).orElse(null);
    DocumentSchema schema = event == null ? null : event.compiledResult();
    if (event == null || schema == null) {
      return STORABLE.check(reply).violations();
    }
    StateValue state = turn.stateValue();
    boolean checked = state != null && state.tree() == reply && state != turn.input().state();
    return checked && behaviour.repliesWithState(event) ? List.of() : violations(schema, reply);
  }

  private static TurnOutcome.@Nullable Refused refusalOf(
      OpenTurn.Emission emission, HandlerDefinition definition, OpenTurn turn) {
    String event = emission.event();
    if (!definition.emits().contains(event)) {
      return refused(
          ErrorCode.EMISSION_INVALID,
          definition.event() + " emits " + event + ", which its `emits:` doesn't declare");
    }
    CatalogEvent known = turn.input().catalog().event(event).orElse(null);
    if (known == null) {
      return refused(ErrorCode.EMISSION_INVALID, "the catalog has no event " + event);
    }
    String producer = known.definition().producer();
    if (!turn.self().actor().equals(producer)) {
      return refused(
          ErrorCode.NOT_THE_PRODUCER,
          event + " is emitted by " + producer + " only, not by " + turn.self().actor());
    }
    List<Violation> wrong = violations(known.payload(), emission.payload());
    return wrong.isEmpty()
        ? null
        : broken(ErrorCode.EMISSION_INVALID, "the payload of " + event, wrong);
  }

  private static TurnOutcome.@Nullable Refused refusalOf(
      OpenTimers.Wish wish, Behaviour behaviour, HandlerDefinition definition, OpenTurn turn) {
    OpenTurn.Emission emission = wish.emission();
    if (emission == null) {
      return null;
    }
    CatalogEvent known = turn.input().catalog().event(emission.event()).orElse(null);
    if (known == null || known.definition().kind() == EventKind.EVENT) {
      return refusalOf(emission, definition, turn);
    }
    if (!behaviour.definition().tells(emission.event())) {
      return refused(
          ErrorCode.EMISSION_INVALID,
          definition.event()
              + " sends "
              + emission.event()
              + " later, which is neither a tell of "
              + turn.self().actor()
              + " nor one in its `dependencies:`");
    }
    List<Violation> wrong = violations(known.payload(), emission.payload());
    return wrong.isEmpty()
        ? null
        : broken(ErrorCode.EMISSION_INVALID, "the payload of " + emission.event(), wrong);
  }

  private TimerChange change(OpenTimers.Wish wish, TurnInput input) {
    String name = wish.name();
    OpenTurn.Emission emission = wish.emission();
    Instant dueAt = wish.dueAt();
    if (emission == null || dueAt == null) {
      return new TimerChange.CallOff(Objects.requireNonNull(name));
    }
    Message message = message(emission, input);
    return new TimerChange.Set(name == null ? message.id().value() : name, dueAt, message);
  }

  private Message message(OpenTurn.Emission emission, TurnInput input) {
    Headers cause = input.message().headers();
    CatalogEvent event = input.catalog().event(emission.event()).orElse(null);
    String version = event == null ? "1.0.0" : event.definition().schemaVersion();
    boolean asks = event != null && event.definition().consumers().stream().anyMatch(ASKED);
    return new Message(
        ids.get(),
        emission.event(),
        emission.payload(),
        new Headers(
            cause.correlation(),
            input.message().id().value(),
            cause.traceparent(),
            input.self(),
            version,
            input.now(),
            asks ? input.replyTo() : null));
  }

  private static @Nullable JsonNode replyTree(@Nullable Object reply, OpenTurn turn) {
    if (reply == null || reply instanceof JsonNode) {
      return (JsonNode) reply;
    }
    StateValue state = turn.stateValue();
    return state != null && state.holds(reply) ? state.tree() : Json.mapper().valueToTree(reply);
  }

  /** What the actor's rules say of a message before its turn; absent where they all hold. */
  public static TurnOutcome.@Nullable Refused refusalByRules(Behaviour behaviour, Message message) {
    Behaviour.Bound bound = behaviour.bound(message.type());
    try {
      return bound == null ? null : refusalByRules(bound.definition(), message);
    } catch (ExpressionException broken) {
      return refused(ErrorCode.HANDLER_FAILED, String.valueOf(broken.getMessage()));
    }
  }

  private static TurnOutcome.@Nullable Refused refusalByRules(
      HandlerDefinition definition, Message message) {
    List<Violation> broken = brokenRules(definition, message.payload());
    return broken.isEmpty()
        ? null
        : new TurnOutcome.Refused(
            ErrorCode.RULE_VIOLATED, message.type() + " refused: " + count(broken), null, broken);
  }

  private static List<Violation> brokenRules(HandlerDefinition definition, JsonNode payload) {
    List<Violation> broken = new ArrayList<>(0);
    for (Rule rule : definition.rules()) {
      if (!rule.holds(payload)) {
        broken.add(new Violation("", "validates", "must hold: " + rule.text()));
      }
    }
    return broken;
  }

  private static List<Violation> violations(DocumentSchema schema, JsonNode document) {
    List<Violation> unstorable = STORABLE.check(document).violations();
    return unstorable.isEmpty() ? schema.check(document).violations() : unstorable;
  }

  private static TurnOutcome.Refused broken(
      ErrorCode code, String what, List<Violation> violations) {
    return new TurnOutcome.Refused(
        code, what + " breaks its schema: " + count(violations), null, violations);
  }

  private static TurnOutcome.Refused refused(ErrorCode code, String message) {
    return new TurnOutcome.Refused(code, message, null, List.of());
  }

  private static String count(List<Violation> violations) {
    return violations.size() == 1 ? "1 problem" : violations.size() + " problems";
  }
}
