package dev.relay.node;

import dev.relay.message.Headers;
import dev.relay.message.Message;
import dev.relay.turn.StateValue;
import dev.relay.turn.TimerChange;
import dev.relay.turn.TurnOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The timers of one chain's instance. A timer is a delivery of the instance to itself; when it is
 * due, its turn emits the message that it was set with, so that one commit ends the timer, tells
 * the journal and owes the message to the receivers that the catalog names by then.
 */
final class Timers {
  private final Map<String, TimerChange> changes = new LinkedHashMap<>(0);
  private final List<Work.Delivery> calledOff = new ArrayList<>(0);

  /** What the turn of a due timer comes to. */
  static TurnOutcome fire(Message set, @Nullable StateValue state, Instant now) {
    Headers headers = set.headers();
    Message sent =
        new Message(
            set.id(),
            set.type(),
            set.payload(),
            new Headers(
                headers.correlation(),
                headers.causation(),
                headers.traceparent(),
                headers.producer(),
                headers.schemaVersion(),
                now));
    return new TurnOutcome.Effects(state, null, List.of(sent), List.of());
  }

  void clear() {
    changes.clear();
    calledOff.clear();
  }

  /** What a turn wants; the last wish for a name counts. */
  void change(List<TimerChange> wishes) {
    wishes.forEach(wish -> changes.put(wish.name(), wish));
  }

  /** Whether an earlier turn of the chain called off, or set anew, the timer that fires here. */
  boolean isCalledOff(Work.Delivery delivery) {
    String name = delivery.delivery().timer();
    boolean off = name != null && delivery.delivery().attempts() == 0 && changes.containsKey(name);
    if (off) {
      calledOff.add(delivery);
    }
    return off;
  }

  Collection<TimerChange> changes() {
    return changes.values();
  }

  /** Timers that fired in vain; the commit deletes them by their names. */
  List<Work.Delivery> calledOff() {
    return calledOff;
  }
}
