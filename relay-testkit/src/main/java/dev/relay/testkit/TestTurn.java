package dev.relay.testkit;

import dev.relay.message.Json;
import dev.relay.message.Message;
import dev.relay.turn.StateValue;
import dev.relay.turn.TimerChange;
import dev.relay.turn.TurnOutcome;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a turn came to: effects or a refusal. Asked for the one when it came to the other, it fails
 * the test and says what happened. Immutable and thread-safe.
 */
public final class TestTurn {
  /** An ask that the handler made. */
  public record Asked(String actor, String event, JsonNode payload) {}

  private final TestActor actor;
  private final Message message;
  private final TurnOutcome outcome;
  private final List<Asked> asked;

  TestTurn(TestActor actor, Message message, TurnOutcome outcome, List<Asked> asked) {
    this.actor = actor;
    this.message = message;
    this.outcome = outcome;
    this.asked = List.copyOf(asked);
  }

  /** The message that was handled. */
  public Message message() {
    return message;
  }

  /** The reply. */
  public JsonNode reply() {
    JsonNode reply = effects().reply();
    if (reply == null) {
      throw new AssertionError(message.type() + " was answered with nothing");
    }
    return reply;
  }

  /** The reply as a Java value. */
  public <T> T reply(Class<T> type) {
    return Json.mapper().treeToValue(reply(), type);
  }

  /** The state after the turn. */
  public JsonNode state() {
    StateValue state = effects().state();
    if (state == null) {
      throw new AssertionError(message.type() + " left the actor without a state");
    }
    return state.tree();
  }

  /** The state after the turn as a Java value. */
  public <T> T state(Class<T> type) {
    return Json.mapper().treeToValue(state(), type);
  }

  /** The events that it emitted, in order. */
  public List<Message> emitted() {
    return effects().emitted();
  }

  /** The payload of the one event of this name that it emitted. */
  public JsonNode emitted(String event) {
    List<Message> all = emitted().stream().filter(one -> one.type().equals(event)).toList();
    if (all.size() != 1) {
      List<String> names = emitted().stream().map(Message::type).toList();
      throw new AssertionError(message.type() + " emitted " + names + ", not one " + event);
    }
    return all.get(0).payload();
  }

  /** What it wants of its timers, in order: set anew, or called off. */
  public List<TimerChange> timers() {
    return effects().timers();
  }

  /** The one timer of this name that it set. */
  public TimerChange.Set timer(String name) {
    List<TimerChange> all = timers().stream().filter(one -> one.name().equals(name)).toList();
    if (all.size() != 1 || !(all.get(0) instanceof TimerChange.Set set)) {
      throw new AssertionError(message.type() + " wants of its timers " + all + ", not one set");
    }
    return set;
  }

  /** The refusal: its code, the actor's own reason, and every violation of a schema. */
  public TurnOutcome.Refused refusal() {
    if (outcome instanceof TurnOutcome.Refused refused) {
      return refused;
    }
    throw new AssertionError(message.type() + " was not refused: " + outcome, thrown());
  }

  /** What it asked other actors, in order, whether or not it was answered. */
  public List<Asked> asked() {
    return asked;
  }

  /**
   * What the handler threw, where it failed: an ask that wasn't answered is an {@link
   * dev.relay.actor.AskFailedException}. A delivery would be retried.
   */
  public Throwable failure() {
    if (outcome instanceof TurnOutcome.Failed failed) {
      return failed.cause();
    }
    throw new AssertionError(message.type() + " did not fail: " + outcome);
  }

  /** The next turn of the same instance, whose state is unchanged where this one was refused. */
  public TestTurn when(String event, Object payload) {
    boolean refused = outcome instanceof TurnOutcome.Refused;
    return actor.in(refused ? actor.state() : effects().state()).when(event, payload);
  }

  private TurnOutcome.Effects effects() {
    if (outcome instanceof TurnOutcome.Effects effects) {
      return effects;
    }
    if (outcome instanceof TurnOutcome.Refused refused) {
      String reason = refused.reason() == null ? refused.code().name() : refused.reason();
      throw new AssertionError(
          message.type() + " was refused: " + reason + ": " + refused.message());
    }
    throw new AssertionError(message.type() + " failed", thrown());
  }

  private @Nullable Throwable thrown() {
    return outcome instanceof TurnOutcome.Failed failed ? failed.cause() : null;
  }
}
