package dev.relay.node;

import dev.relay.message.ActorAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Instances with a failed delivery that waits for its next attempt: later deliveries of the same
 * instance wait behind it, everything else goes on. Used by one lane.
 */
final class HeldKeys {
  /**
   * Deliveries kept in memory behind one failed one; more are read from Postgres when it is over.
   */
  private static final int MOST_WAITING = 100;

  private static final class HeldKey {
    private final Deque<Work.Delivery> waiting = new ArrayDeque<>();
    private final Instant due;
    private boolean spilled;

    HeldKey(Instant due) {
      this.due = due;
    }
  }

  private final Map<ActorAddress, HeldKey> keys = new HashMap<>();
  private final DeliveryIntake intake;

  HeldKeys(DeliveryIntake intake) {
    this.intake = intake;
  }

  /** Holds an instance's deliveries back until the first of them is due again. */
  void hold(Work.Delivery retry, List<Work.Delivery> behind, Instant now) {
    HeldKey key = new HeldKey(retry.delivery().dueAt());
    key.waiting.add(retry);
    keys.put(retry.address(), key);
    behind.forEach(delivery -> holds(delivery, now));
  }

  /**
   * Whether the delivery has to wait, in which case it is kept here. A delivery that failed in an
   * earlier life of the node comes from Postgres with the time of its next attempt and holds its
   * instance from then on.
   */
  boolean holds(Work.Delivery delivery, Instant now) {
    HeldKey key = keys.get(delivery.address());
    if (key == null) {
      boolean early =
          delivery.delivery().attempts() > 0
              && delivery.ref().status() == dev.relay.store.DeliveryStatus.RETRYING
              && delivery.delivery().dueAt().isAfter(now);
      if (early) {
        hold(delivery, List.of(), now);
      }
      return early;
    }
    if (key.spilled || key.waiting.size() > MOST_WAITING) {
      key.spilled = true;
      intake.dropped(delivery);
    } else {
      key.waiting.add(delivery);
    }
    return true;
  }

  /** Hands over the deliveries of every instance whose wait is over. */
  void due(Instant now, Consumer<Work.Delivery> to) {
    if (keys.isEmpty()) {
      return;
    }
    List<HeldKey> over = keys.values().stream().filter(key -> !key.due.isAfter(now)).toList();
    keys.values().removeAll(over);
    for (HeldKey key : over) {
      if (key.spilled) {
        intake.reread(key.waiting.getFirst().ref());
      }
      key.waiting.forEach(to);
    }
  }

  /** Nanoseconds until the next wait is over, at most this many. */
  long nanosUntilDue(Instant now, long most) {
    long nanos = most;
    for (HeldKey key : keys.values()) {
      nanos = Math.min(nanos, Math.max(1, Duration.between(now, key.due).toNanos()));
    }
    return nanos;
  }
}
