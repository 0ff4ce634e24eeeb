package dev.relay.actor;

import dev.relay.message.ActorAddress;
import dev.relay.message.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The processing of one message by one actor instance: state in; new state, reply and emitted
 * messages out. Nothing that a handler says here takes effect before its return, and then all of it
 * takes effect in one commit, or nothing. Used by the handler's thread only.
 *
 * @param <S> the actor's state
 */
public interface Turn<S> {
  /** The state before this turn; empty on the instance's first turn. */
  Optional<S> state();

  /** The instance whose turn this is. */
  ActorAddress self();

  /** The message being handled, with id and headers. */
  Message message();

  /** The time of this turn: the only clock a handler should read. */
  Instant now();

  /**
   * Makes this the instance's state and hands it back, so that a handler can end with {@code return
   * turn.become(cart);}.
   *
   * @throws IllegalStateException in the turn of a query, which changes nothing
   */
  <T extends S> T become(T state);

  /**
   * Emits an event. It is checked against the catalog when the handler returns.
   *
   * @param event a name that the handler declares in {@code emits}
   * @param payload anything that Jackson writes as a JSON object
   */
  void emit(String event, Object payload);

  /**
   * Asks another actor and waits for its reply: {@code turn.ask("inventory", "CHECK_STOCK",
   * item).as(Stock.class)}. Only in a handler marked {@code @Handles(waits = true)}, and only what
   * the definition's {@code dependencies} name; a query asks queries.
   *
   * <p>What is asked takes effect at once, before this turn commits. If this turn runs again,
   * because it failed, its node died or somebody else wrote the instance first, the same ask gets
   * the recorded answer and doesn't happen twice. So the payload must follow from message and
   * state: the same ask with another payload is refused. Asks are told apart by receiving instance,
   * event, and their number among those alike.
   *
   * <p>Waits as long as the dependency's timeout allows, and no longer than the caller of this turn
   * waits.
   *
   * @param payload anything that Jackson writes as a JSON object
   * @throws AskRefusedException where the other side says no; if it leaves the handler, this turn
   *     is refused
   * @throws AskFailedException where no answer came; if it leaves the handler, a delivery is
   *     retried
   */
  Answer ask(String actor, String event, Object payload);

  /**
   * What an instance of this actor has taken so far, from the journal, oldest first: to compute a
   * state anew, or to hand on what happened. Only in a handler marked {@code @Handles(waits =
   * true)}. Of this very instance it is all that its state is made of. A page after the other:
   * {@code after} is the version of the last one of the page before, and nothing comes of an empty
   * one. Days that the journal doesn't keep any more are missing at the beginning.
   *
   * @param key the instance's
   * @param after only what came after this version; 0 for all
   * @param limit 1 to 10,000
   */
  List<PastMessage> history(String key, long after, int limit);

  /**
   * Sends a message after a delay: {@code turn.sendAfter(Duration.ofMinutes(30), "CART_EXPIRED",
   * cart);}. The timer is set in the commit of this turn, and fires once, however often nodes start
   * and stop meanwhile: late rather than never. What it sends is checked when the handler returns,
   * its receivers are those that the catalog names when it fires.
   *
   * @param delay 0 to 100 years from {@link #now()}
   * @param event an event that the handler declares in {@code emits}, a command with pattern {@code
   *     tell} of this actor, or one of the actor's {@code dependencies}
   * @param payload anything that Jackson writes as a JSON object
   */
  void sendAfter(Duration delay, String event, Object payload);

  /**
   * Sends a message after a delay, with a name: setting a timer again under its name puts it off,
   * and {@link #cancel} calls it off.
   *
   * @param name 1 to 200 characters; other instances may use it too
   */
  void sendAfter(Duration delay, String event, Object payload, String name);

  /** Sends a message at a time, or at once where that is over; see {@link #sendAfter}. */
  void sendAt(Instant time, String event, Object payload);

  /** Sends a message at a time, with a name; see {@link #sendAfter}. */
  void sendAt(Instant time, String event, Object payload, String name);

  /** Calls this instance's timer of that name off; where there is none, nothing happens. */
  void cancel(String name);

  /**
   * A refusal to throw: {@code throw turn.refuse("CART_FULL", "at most 50 lines, has 50");}. The
   * caller gets it as an answer, nothing is written, and it is never retried.
   *
   * @param reason a stable word for programs, {@code UPPER_SNAKE}
   * @param message a sentence for people: what was expected and what was found
   */
  RefusedException refuse(String reason, String message);
}
