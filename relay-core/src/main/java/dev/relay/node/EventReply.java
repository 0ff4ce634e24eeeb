package dev.relay.node;

import dev.relay.failure.RelayException;
import dev.relay.message.ActorAddress;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What one actor that is asked by an event replied. Immutable.
 *
 * @param event the event's name
 * @param actor the actor that is asked
 * @param key its instance; empty where the payload names none
 * @param outcome whether there is a reply
 * @param data the reply; absent where its handler gives none, and without a reply
 * @param error why there never will be a reply; present where {@code FAILED}
 */
public record EventReply(
    String event,
    String actor,
    String key,
    Outcome outcome,
    @Nullable JsonNode data,
    @Nullable Error error) {
  /** Whether there is a reply. */
  public enum Outcome {
    /** It handled the event, and this is what it replied. */
    REPLIED,
    /** It refused the event or used up its attempts; the delivery is a dead letter. */
    FAILED,
    /** No reply yet; the delivery is still owed to it. */
    PENDING
  }

  /**
   * Why there is no reply.
   *
   * @param code the stable code, for example {@code RLY-2107}
   * @param reason the actor's own word, where it refused
   * @param message one sentence for people
   */
  public record Error(String code, @Nullable String reason, String message) {}

  static EventReply replied(String event, ActorAddress from, @Nullable JsonNode data) {
    return new EventReply(event, from.actor(), from.key(), Outcome.REPLIED, data, null);
  }

  static EventReply failed(String event, ActorAddress from, RelayException failure) {
    Error error =
        new Error(
            failure.code().code(),
            failure.reason().orElse(null),
            String.valueOf(failure.getMessage()));
    return new EventReply(event, from.actor(), from.key(), Outcome.FAILED, null, error);
  }

  static EventReply pending(String event, String actor, String key) {
    return new EventReply(event, actor, key, Outcome.PENDING, null, null);
  }
}
