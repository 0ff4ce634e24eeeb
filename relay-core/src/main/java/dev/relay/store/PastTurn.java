package dev.relay.store;

import dev.relay.message.Message;
import java.time.Instant;
import java.util.List;

/**
 * A row of the journal, read back.
 *
 * @param actor the actor; of a publication from outside the event's producer
 * @param key the instance; empty on a publication from outside
 * @param version the instance's version after the turn; 0 on a publication from outside
 * @param message the processed message
 * @param emitted what the turn emitted, in order
 * @param outcome {@code done}, {@code published}, or {@code discarded} of a dead letter
 * @param at when it was committed, by the store's clock
 */
public record PastTurn(
    String actor,
    String key,
    long version,
    Message message,
    List<Message> emitted,
    String outcome,
    Instant at) {
  public PastTurn {
    emitted = List.copyOf(emitted);
  }
}
