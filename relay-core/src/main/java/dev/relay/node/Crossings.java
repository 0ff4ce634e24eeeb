package dev.relay.node;

import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import dev.relay.message.ActorAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which instance of this node waits for which, over all turns. A ring within one chain of asks is
 * seen by the door; here two turns are found that started apart and ask each other's instance. Each
 * would wait until its time is over, so the one that closes the circle fails at once and may be
 * tried again. Turns of other nodes aren't known here: those still end with their time-out.
 * Thread-safe.
 */
final class Crossings {
  /** When a repeat makes sense: chosen to be longer than most turns. */
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final Map<ActorAddress, ActorAddress> waits = new HashMap<>();

  /**
   * Notes down that one instance waits for another, until {@link #end}.
   *
   * @throws RelayException {@link ErrorCode#ASK_CROSSING} where the other waits for it already
   */
  synchronized void start(ActorAddress asker, ActorAddress asked) {
    StringBuilder way = new StringBuilder(asker.toString());
    @Nullable ActorAddress next = asked;
    for (int steps = 0; next != null && steps < Asker.DEEPEST; steps++) {
      way.append(" waits for ").append(next);
      if (next.equals(asker)) {
        throw RelayException.of(ErrorCode.ASK_CROSSING, "two turns ask each other: " + way)
            .retryAfter(PAUSE)
            .remedy("repeat it; let one of the two emit an event if this happens often")
            .build();
      }
      next = waits.get(next);
    }
    waits.put(asker, asked);
  }

  synchronized void end(ActorAddress asker) {
    waits.remove(asker);
  }
}
