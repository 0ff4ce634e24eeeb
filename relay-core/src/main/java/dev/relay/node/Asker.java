package dev.relay.node;

import dev.relay.message.ActorAddress;
import dev.relay.message.MessageId;
import java.util.List;

/**
 * The turn that asks, where an actor's handler does. Immutable.
 *
 * @param waiting the instances that wait for the answer, one for the other: the first was asked by
 *     a client or handles a delivery, the last asks now; 1 to {@value #DEEPEST}
 * @param message the message whose turn asks
 */
public record Asker(List<ActorAddress> waiting, MessageId message) {
  /**
   * Instances that may wait one for the other. Chosen: a chain of asks that means something has a
   * handful, and each one holds its key meanwhile.
   */
  public static final int DEEPEST = 32;

  public Asker {
    waiting = List.copyOf(waiting);
    if (waiting.isEmpty()) {
      throw new IllegalArgumentException("the asking instance is the last of those that wait");
    }
  }

  /** The instance that asks. */
  public ActorAddress self() {
    return waiting.get(waiting.size() - 1);
  }
}
