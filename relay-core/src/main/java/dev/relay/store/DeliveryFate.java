package dev.relay.store;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a delivery so far.
 *
 * @param delivery which one
 * @param kind where it stands
 * @param at when its turn was committed, by the store's clock; of a dead one when it was given up,
 *     else when its next attempt is due
 * @param version the instance's version after the turn; 0 of one that isn't done
 * @param emitted the names of the events its turn emitted, in order
 * @param attempts how often it failed; 0 of one that is done
 * @param error why it failed last
 */
public record DeliveryFate(
    ExpectedDelivery delivery,
    Kind kind,
    Instant at,
    long version,
    List<String> emitted,
    int attempts,
    @Nullable String error) {
  /** Where a delivery stands. */
  public enum Kind {
    /** Its turn is committed. */
    DONE,
    /** Nobody has tried it yet. */
    WAITING,
    /** It failed and is tried again. */
    RETRYING,
    /** It is a dead letter. */
    DEAD
  }

  public DeliveryFate {
    emitted = List.copyOf(emitted);
  }
}
