package dev.relay;

import dev.relay.message.Json;
import dev.relay.message.MessageId;
import dev.relay.node.EventReply;
import dev.relay.node.Receipt;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The answer to an ask. Immutable.
 *
 * @param id the message id of the ask
 * @param data the reply as JSON; absent where the handler gives none
 * @param emitted the names of the events its turn emitted, in order
 * @param replies one entry for each actor that an emitted event asks, whether or not it replied in
 *     time
 */
public record Reply(
    MessageId id, @Nullable JsonNode data, List<String> emitted, List<EventReply> replies) {
  public Reply {
    emitted = List.copyOf(emitted);
    replies = List.copyOf(replies);
  }

  static Reply of(Receipt.Answered answered) {
    return new Reply(answered.id(), answered.data(), answered.emitted(), answered.replies());
  }

  /**
   * The reply as a Java value.
   *
   * @throws IllegalStateException where the handler gives no reply
   */
  public <T> T as(Class<T> type) {
    if (data == null) {
      throw new IllegalStateException("the handler of " + id + " gives no reply to read");
    }
    return Json.mapper().treeToValue(data, type);
  }
}
