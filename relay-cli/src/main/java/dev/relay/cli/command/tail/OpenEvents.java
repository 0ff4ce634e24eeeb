package dev.relay.cli.command.tail;

import dev.relay.cli.output.JsonObject;
import dev.relay.store.FeedPosition;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The events that were shown and whose consumers aren't all done. A stream that was cut is taken up
 * again before the oldest of them, because what became of it would else never be told; what was
 * shown isn't shown again. Not thread-safe.
 */
final class OpenEvents {
  /** Events remembered; of older ones nothing more is told. */
  private static final int MOST = 2_000;

  /** An event and the consumers whose last word was heard. */
  private record Open(long number, FeedPosition position, int consumers, Set<String> settled) {}

  private final ToIntFunction<String> consumers;
  private final Map<String, Open> events = new LinkedHashMap<>();
  private FeedPosition newest = FeedPosition.START;

  /**
   * @param consumers how many an event of this name has; 0 where nobody wants to know
   */
  OpenEvents(ToIntFunction<String> consumers) {
    this.consumers = consumers;
  }

  boolean isNew(String position) {
    return FeedPosition.parse(position).compareTo(newest) > 0;
  }

  void shown(long number, String position, JsonObject event) {
    newest = FeedPosition.parse(position);
    int expected = consumers.applyAsInt(event.text("type"));
    if (expected > 0) {
      events.put(event.text("id"), new Open(number, newest, expected, new HashSet<>()));
      Iterator<String> oldest = events.keySet().iterator();
      if (events.size() > MOST) {
        oldest.next();
        oldest.remove();
      }
    }
  }

  /** The number of the event that this is told of; 0 where it was told before, or is too old. */
  long outcome(JsonObject delivery) {
    Open open = events.get(delivery.text("event_id"));
    String consumer = delivery.text("actor");
    if (open == null || open.settled().contains(consumer)) {
      return 0;
    }
    String outcome = delivery.text("outcome");
    if (outcome.equals("done") || outcome.equals("dead")) {
      open.settled().add(consumer);
      if (open.settled().size() >= open.consumers()) {
        events.remove(delivery.text("event_id"));
      }
    }
    return open.number();
  }

  boolean isEmpty() {
    return events.isEmpty();
  }

  /** After which position to take the stream up again, which is at this one. */
  @Nullable String resumeAfter(@Nullable String position) {
    for (Open open : events.values()) {
      FeedPosition at = open.position();
      return new FeedPosition(at.transaction(), at.seq(), at.index() - 1).toString();
    }
    return position;
  }
}
