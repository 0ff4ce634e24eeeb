package dev.relay.turn;

import dev.relay.catalog.Catalog;
import dev.relay.message.ActorAddress;
import dev.relay.message.Message;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * All that a turn depends on. The same input gives the same effects, but for the ids it mints and
 * what others answer.
 *
 * @param self the instance whose turn it is
 * @param message what it processes
 * @param state the state before; absent on the first turn
 * @param now the time of the turn
 * @param catalog the snapshot that decides about emitted events
 * @param asking carries the asks of a handler that may wait
 * @param replyTo the node where the asker waits for what ask consumers of emitted events reply;
 *     absent where nobody asked
 */
public record TurnInput(
    ActorAddress self,
    Message message,
    @Nullable StateValue state,
    Instant now,
    Catalog catalog,
    Asking asking,
    @Nullable String replyTo) {

  /** For a handler that doesn't ask, in a turn to whose replies nobody listens. */
  public TurnInput(
      ActorAddress self,
      Message message,
      @Nullable StateValue state,
      Instant now,
      Catalog catalog) {
    this(self, message, state, now, catalog, Asking.NOBODY, null);
  }
}
