package dev.relay.node;

import dev.relay.message.Message;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that one request caused, as far as it was found. Immutable.
 *
 * @param correlation the id that all its messages share
 * @param complete whether every consumer that the catalog names for an event was accounted for;
 *     false where something is missing, or the trace has more messages than are shown
 * @param messages the messages by time, each with what became of it
 */
public record Trace(String correlation, boolean complete, List<Step> messages) {
  public Trace {
    messages = List.copyOf(messages);
  }

  /**
   * A message and its receivers. The header {@code causation} names the message whose turn emitted
   * it.
   */
  public record Step(Message message, List<Branch> receivers) {
    public Step {
      receivers = List.copyOf(receivers);
    }
  }

  /** Where a receiver stands. */
  public enum State {
    /** Its turn is committed. */
    DONE,
    /** Owed, and not tried yet. */
    WAITING,
    /** A timer that isn't due. */
    SCHEDULED,
    /** It failed and is tried again. */
    RETRYING,
    /** A dead letter. */
    DEAD,
    /** It was a dead letter, and a person discarded it. */
    DISCARDED,
    /** The catalog names this receiver now, and nothing of it was found. */
    UNKNOWN
  }

  /**
   * One receiver of a message.
   *
   * @param key the instance; empty where the payload names none
   * @param at when its turn was committed, or the delivery is due; absent where unknown
   * @param version the instance's version after the turn; 0 where there was none
   * @param attempts how often it failed
   * @param error why it failed last
   */
  public record Branch(
      String actor,
      String key,
      State state,
      @Nullable Instant at,
      long version,
      int attempts,
      @Nullable String error) {}
}
