package dev.relay.actor;

import dev.relay.message.Json;
import dev.relay.message.MessageId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What another actor answered to an ask of a handler. Immutable.
 *
 * @param id the message id of the ask; of the first one where the answer is a recorded one
 * @param data the reply as JSON; absent where the other handler gives none
 * @param emitted the names of the events that the other turn emitted, in order
 */
public record Answer(MessageId id, @Nullable JsonNode data, List<String> emitted) {
  public Answer {
    emitted = List.copyOf(emitted);
  }

  /**
   * The reply as a Java value.
   *
   * @throws IllegalStateException where the other handler gives no reply
   */
  public <T> T as(Class<T> type) {
    if (data == null) {
      throw new IllegalStateException("the ask " + id + " was answered without a reply to read");
    }
    return Json.mapper().treeToValue(data, type);
  }
}
