package dev.relay.node;

import dev.relay.actor.AskFailedException;
import dev.relay.catalog.Catalog;
import dev.relay.definition.RetryPolicy;
import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import dev.relay.message.ActorAddress;
import dev.relay.message.Message;
import dev.relay.store.DeliveryRef;
import dev.relay.store.DeliveryStatus;
import dev.relay.store.Postponement;
import dev.relay.store.StoredDelivery;
import dev.relay.turn.Asking;
import dev.relay.turn.Behaviour;
import dev.relay.turn.StateValue;
import dev.relay.turn.TurnInput;
import dev.relay.turn.TurnOutcome;
import dev.relay.turn.TurnRunner;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The turns of one actor instance in one commit group, back to back: the state flows from one to
 * the next in memory, and nobody hears of any of them before the commit. If the commit finds the
 * instance changed, the chain is run again from the state that is there now.
 */
final class Chain {
  /** A turn that has effects, waiting for the commit. */
  record Done(Work work, TurnOutcome.Effects effects, boolean writes) {}

  /** Work that ends without effects, waiting for the commit of what it was judged by. */
  record Denied(Work work, RelayException failure) {}

  private final ActorAddress address;
  private final Hosting.Hosted hosted;
  private final List<Work> works = new ArrayList<>(2);
  private final List<Done> done = new ArrayList<>(2);
  private final List<Denied> denied = new ArrayList<>(0);
  private final List<Postponement> postponed = new ArrayList<>(0);
  private final List<Work.Delivery> heldBack = new ArrayList<>(0);
  private final Timers timers = new Timers();
  private List<Work> left = List.of();
  private boolean leaves;
  private boolean fromMemory;
  private Work.@Nullable Delivery retry;
  private long base;
  private long version;
  private @Nullable StateValue loaded;
  private @Nullable RelayException unreadable;
  private @Nullable StateValue state;

  Chain(ActorAddress address, Hosting.Hosted hosted) {
    this.address = address;
    this.hosted = hosted;
  }

  void add(Work work) {
    works.add(work);
  }

  /** Takes out work that turned out to need no turn. */
  void remove(Work work) {
    works.remove(work);
  }

  /** The state that the chain starts from, as Postgres has it. */
  void startFrom(long atVersion, @Nullable StateValue atState) {
    base = atVersion;
    loaded = atState;
    unreadable = null;
    fromMemory = false;
  }

  /** The state that the chain starts from, which Postgres may have left behind. */
  void startFromMemory(long atVersion, @Nullable StateValue atState) {
    startFrom(atVersion, atState);
    fromMemory = true;
  }

  /** Postgres has the remembered state. */
  void confirmed() {
    fromMemory = false;
  }

  /** Whether the chain only refuses, by a state that nothing checks unless it is read. */
  boolean refusesFromMemory() {
    return fromMemory && !writes() && !denied.isEmpty();
  }

  /**
   * The chain's state can't be used: each of its turns fails with that, and no other instance's.
   */
  void startUnreadable(long atVersion, RelayException failure) {
    base = atVersion;
    loaded = null;
    unreadable = failure;
  }

  /** Runs all turns from the start state; what an earlier run came to is forgotten. */
  void run(TurnRunner runner, Catalog catalog, Instant now) {
    done.clear();
    denied.clear();
    postponed.clear();
    heldBack.clear();
    timers.clear();
    left = List.of();
    leaves = false;
    retry = null;
    version = base;
    state = loaded;
    for (int i = 0; i < works.size(); i++) {
      Work work = works.get(i);
      if (retry != null && work instanceof Work.Delivery later) {
        heldBack.add(later);
        continue;
      }
      if (work instanceof Work.Delivery fired && timers.isCalledOff(fired)) {
        continue;
      }
      TurnOutcome outcome = outcomeOf(work, runner, catalog, now);
      if (outcome == null) {
        leaves = version == base && done.isEmpty();
        left = List.copyOf(works.subList(i, works.size()));
        return;
      }
      take(work.origin(), outcome, now);
    }
  }

  /** The outcome of the work's turn, or nothing where its handler has to run elsewhere. */
  private @Nullable TurnOutcome outcomeOf(
      Work work, TurnRunner runner, Catalog catalog, Instant now) {
    if (unreadable != null) {
      return new TurnOutcome.Failed(unreadable);
    }
    if (work instanceof Work.Finished finished && finished.base() == version) {
      return finished.outcome();
    }
    if (work instanceof Work.Delivery delivery && delivery.delivery().timer() != null) {
      return Timers.fire(work.message(), state, now);
    }
    if (hosted.behaviour().waits(work.message().type())) {
      return null;
    }
    return runner.run(
        hosted.behaviour(),
        new TurnInput(address, work.message(), state, now, catalog, Asking.NOBODY, work.replyTo()));
  }

  private void take(Work work, TurnOutcome outcome, Instant now) {
    if (outcome instanceof TurnOutcome.Effects effects) {
      boolean writes = !hosted.behaviour().readOnly(work.message().type());
      if (writes) {
        version++;
        state = effects.state();
      }
      done.add(new Done(work, effects, writes));
      timers.change(effects.timers());
      return;
    }
    RelayException failure =
        outcome instanceof TurnOutcome.Refused refused
            ? refused.toException()
            : failure(work.message(), ((TurnOutcome.Failed) outcome).cause());
    denied.add(new Denied(work, failure));
    if (work instanceof Work.Delivery delivery) {
      postpone(delivery, failure, outcome instanceof TurnOutcome.Failed, now);
    }
  }

  /** Gives up on all of the chain's work: the store refuses what it wants to write. */
  void reject(RelayException reason, Instant now) {
    done.clear();
    denied.clear();
    postponed.clear();
    timers.clear();
    version = base;
    state = loaded;
    for (Work work : works) {
      denied.add(new Denied(work.origin(), reason));
      if (work.origin() instanceof Work.Delivery delivery) {
        postpone(delivery, reason, false, now);
      }
    }
    works.clear();
  }

  private void postpone(
      Work.Delivery failed, RelayException failure, boolean worthRetrying, Instant now) {
    StoredDelivery delivery = failed.delivery();
    RetryPolicy policy = hosted.behaviour().definition().retry();
    int attempts = delivery.attempts() + 1;
    boolean again = worthRetrying && attempts < policy.attempts();
    Duration wait = Backoff.after(attempts, policy, ThreadLocalRandom.current());
    Duration least = failure.retryAfter().orElse(Duration.ZERO);
    Instant due = again ? now.plus(wait.compareTo(least) < 0 ? least : wait) : now;
    DeliveryRef ref = delivery.ref();
    postponed.add(
        new Postponement(
            ref,
            again ? DeliveryStatus.RETRYING : DeliveryStatus.DEAD,
            attempts,
            due,
            DeliveryError.text(failure)));
    if (again) {
      DeliveryRef next =
          new DeliveryRef(ref.id(), ref.to(), ref.partition(), DeliveryStatus.RETRYING);
      retry =
          new Work.Delivery(
              new StoredDelivery(next, delivery.message(), attempts, due, delivery.timer()),
              failed.tenure());
    }
  }

  private RelayException failure(Message message, Throwable cause) {
    if (cause instanceof AskFailedException ask && ask.code() != ErrorCode.HANDLER_FAILED) {
      return RelayException.of(ask.code(), "for " + message.type() + ", " + ask.getMessage())
          .retryAfter(ask.retryAfter().orElse(null))
          .remedy(ask.failure().remedy().orElse(null))
          .cause(ask)
          .build();
    }
    if (cause == unreadable && unreadable != null) {
      return unreadable;
    }
    return RelayException.of(
            ErrorCode.HANDLER_FAILED,
            "the handler of " + message.type() + " on " + address + " failed: " + cause)
        .cause(cause)
        .build();
  }

  /** Whether each of its turns has effects, and nothing is left or failed. */
  boolean isDone() {
    return done.size() == works.size() && denied.isEmpty() && left.isEmpty();
  }

  ActorAddress address() {
    return address;
  }

  Behaviour behaviour() {
    return hosted.behaviour();
  }

  ActorTally tally() {
    return hosted.tally();
  }

  List<Work> works() {
    return works;
  }

  List<Done> done() {
    return done;
  }

  List<Denied> denied() {
    return denied;
  }

  List<Postponement> postponed() {
    return postponed;
  }

  /** Later deliveries that wait behind {@link #retry()}. */
  List<Work.Delivery> heldBack() {
    return heldBack;
  }

  /** What becomes of the instance's timers. */
  Timers timers() {
    return timers;
  }

  /** The delivery that failed and waits for its next attempt. */
  Work.@Nullable Delivery retry() {
    return retry;
  }

  /** Work from the first waiting handler on; it is not part of this commit. */
  List<Work> left() {
    return left;
  }

  /** Whether the first of {@link #left()} may leave for a thread of its own at once. */
  boolean leaves() {
    return leaves;
  }

  /** Whether only queries are left in the chain, so that nothing checks its version but a load. */
  boolean readOnly() {
    for (Work work : works) {
      if (work instanceof Work.Delivery || !hosted.behaviour().readOnly(work.message().type())) {
        return false;
      }
    }
    return true;
  }

  boolean writes() {
    return version != base;
  }

  /** Whether anything of the chain is to be written, be it only that a delivery failed. */
  boolean wantsCommit() {
    return writes() || !postponed.isEmpty();
  }

  long base() {
    return base;
  }

  long version() {
    return version;
  }

  @Nullable StateValue state() {
    return state;
  }
}
