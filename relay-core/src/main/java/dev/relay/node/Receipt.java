package dev.relay.node;

import dev.relay.message.MessageId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the sender of a message gets back once it is safe in Postgres. */
public sealed interface Receipt {
  /** The message's id. */
  MessageId id();

  /**
   * The answer to an ask.
   *
   * @param id the ask's message id; of the first one where the answer is a recorded one
   * @param data the reply; absent where the handler gives none
   * @param emitted the names of the events its turn emitted, in order
   * @param repeated whether this is the recorded answer to an earlier request with the same id
   * @param replies one entry for each actor that an emitted event asks, whether or not it replied
   *     in time; in a recorded answer for ten minutes, and where the node that gave it gives it
   *     again
   */
  record Answered(
      MessageId id,
      @Nullable JsonNode data,
      List<String> emitted,
      boolean repeated,
      List<EventReply> replies)
      implements Receipt {
    public Answered {
      emitted = List.copyOf(emitted);
      replies = List.copyOf(replies);
    }

    /** An answer to whose events nobody replies. */
    public Answered(MessageId id, @Nullable JsonNode data, List<String> emitted, boolean repeated) {
      this(id, data, emitted, repeated, List.of());
    }

    Answered with(List<EventReply> replied) {
      return new Answered(id, data, emitted, repeated, replied);
    }
  }

  /**
   * A tell or a published event: written down, its receivers work later.
   *
   * @param receivers the actors it is owed to
   */
  record Accepted(MessageId id, List<String> receivers) implements Receipt {
    public Accepted {
      receivers = List.copyOf(receivers);
    }
  }
}
