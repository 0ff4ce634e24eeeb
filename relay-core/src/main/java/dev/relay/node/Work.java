package dev.relay.node;

import dev.relay.message.ActorAddress;
import dev.relay.message.Message;
import dev.relay.route.Owed;
import dev.relay.store.DeliveryRef;
import dev.relay.store.StoredDelivery;
import dev.relay.turn.TurnOutcome;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Something for a lane to do. Each piece belongs to the lane of its address. */
sealed interface Work {
  /** The instance whose lane does it. */
  ActorAddress address();

  Message message();

  /** Work that somebody waits for. */
  sealed interface Awaited extends Work {
    CompletableFuture<Receipt> answer();

    /** The caller's request id and the fingerprint of what was asked with it. */
    @Nullable RequestKey request();
  }

  /** The node where somebody waits for the replies to what this work emits. */
  default @Nullable String replyTo() {
    return null;
  }

  /** A request id with the fingerprint of what was asked. */
  record RequestKey(String id, String fingerprint) {}

  /**
   * Who waits for the answer to an ask.
   *
   * @param instances those whose turns wait, one for the other; empty where a client asks
   * @param deadline the end of the wait, on the scale of {@link System#nanoTime}
   * @param node the node that answers
   */
  record Caller(List<ActorAddress> instances, long deadline, String node) {}

  /** An ask: a turn whose reply somebody waits for. */
  record Ask(
      ActorAddress address,
      Message message,
      @Nullable RequestKey request,
      Caller caller,
      CompletableFuture<Receipt> answer)
      implements Awaited {
    @Override
    public String replyTo() {
      return caller.node();
    }
  }

  /** A tell or a publication from outside: deliveries to write down, no turn. */
  record Post(
      ActorAddress address,
      Message message,
      @Nullable RequestKey request,
      List<Owed> owed,
      @Nullable String publishedBy,
      CompletableFuture<Receipt> answer)
      implements Awaited {}

  /**
   * A delivery: a turn that consumes it.
   *
   * @param tenure until when it may begin
   */
  record Delivery(StoredDelivery delivery, Tenure tenure) implements Work {
    @Override
    public ActorAddress address() {
      return delivery.ref().to();
    }

    @Override
    public Message message() {
      return delivery.message();
    }

    DeliveryRef ref() {
      return delivery.ref();
    }
  }

  /**
   * A turn whose handler waited on a thread of its own and is done.
   *
   * @param work what it was about
   * @param base the version its state had
   * @param outcome what it came to
   */
  record Finished(Work work, long base, TurnOutcome outcome) implements Work {
    @Override
    public ActorAddress address() {
      return work.address();
    }

    @Override
    public Message message() {
      return work.message();
    }
  }

  /** The work itself, whichever way its handler ran. */
  default Work origin() {
    return this instanceof Finished finished ? finished.work() : this;
  }
}
