package dev.relay.node;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.relay.catalog.Catalog;
import dev.relay.catalog.CatalogEvent;
import dev.relay.catalog.Consumer;
import dev.relay.catalog.Pattern;
import dev.relay.message.Message;
import dev.relay.message.MessageId;
import dev.relay.route.Router;
import dev.relay.store.DeliveryRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Brings together the answer to an ask and the replies of those that its events ask. The turn is
 * committed before anything waits here, and the deliveries are owed whether or not a reply comes in
 * time. Thread-safe.
 */
final class ReplyDesk {
  /**
   * How long a reply is kept whose answer isn't waiting yet: a reply can overtake the news of the
   * commit that caused it, by milliseconds.
   */
  private static final Duration EARLY = Duration.ofSeconds(5);

  /** Early replies kept; each bounded like any message. */
  private static final int MOST_EARLY = 1_000;

  /** How long the replies to a request with an id are kept for who asks it again. */
  private static final Duration REPEATED = Duration.ofMinutes(10);

  /** Requests whose replies are kept; each reply is bounded like any message. */
  private static final int MOST_REPEATED = 1_000;

  /** Of the time a caller has left this part is kept back, so that the answer still reaches it. */
  private static final int RESERVE = 10;

  private final String node;
  private final Supplier<Catalog> catalogs;
  private final Deadlines deadlines;
  private final Map<MessageId, PendingAnswer> pending = new ConcurrentHashMap<>();
  private final Cache<MessageId, List<ConsumerReply>> early =
      Caffeine.newBuilder().maximumSize(MOST_EARLY).expireAfterWrite(EARLY).build();
  private final Cache<MessageId, PendingAnswer> repeatable =
      Caffeine.newBuilder().maximumSize(MOST_REPEATED).expireAfterWrite(REPEATED).build();
  private volatile @Nullable ReplySink elsewhere;

  /**
   * @param node the name of this node
   */
  ReplyDesk(String node, Supplier<Catalog> catalogs, Deadlines deadlines) {
    this.node = node;
    this.catalogs = catalogs;
    this.deadlines = deadlines;
  }

  void elsewhere(ReplySink sink) {
    elsewhere = sink;
  }

  /** Answers a committed ask: at once, or when those asked by its events have replied. */
  void answer(Work.Ask ask, Receipt.Answered answered, List<Message> emitted) {
    if (emitted.stream().allMatch(message -> message.headers().replyTo() == null)) {
      ask.answer().complete(answered);
      return;
    }
    PendingAnswer waits = waits(ask, answered, emitted);
    MessageId id = ask.message().id();
    if (ask.request() != null) {
      repeatable.put(id, waits);
    }
    if (waits.complete()) {
      return;
    }
    pending.put(id, waits);
    ask.answer().whenComplete((receipt, failure) -> pending.remove(id));
    List<ConsumerReply> overtook = early.asMap().remove(id);
    if (overtook != null) {
      overtook.forEach(waits::take);
    }
    var end = deadlines.after(waits.within(RESERVE), waits::close);
    ask.answer().whenComplete((receipt, failure) -> end.cancel(false));
  }

  /**
   * Answers a request that was answered before: with the replies to the first one, where they came
   * to this node and lately.
   */
  void repeat(Work.Awaited again, Receipt.Answered recorded) {
    PendingAnswer first = repeatable.getIfPresent(recorded.id());
    if (first == null) {
      again.answer().complete(recorded);
    } else {
      first.repeat(again, recorded);
    }
  }

  /** The answer with the replies it has to wait for. */
  private PendingAnswer waits(Work.Ask ask, Receipt.Answered answered, List<Message> emitted) {
    PendingAnswer waits = new PendingAnswer(ask, answered);
    Catalog catalog = catalogs.get();
    for (Message message : emitted) {
      CatalogEvent event = catalog.event(message.type()).orElse(null);
      if (event == null || message.headers().replyTo() == null) {
        continue;
      }
      for (Consumer consumer : event.definition().consumers()) {
        if (consumer.pattern() == Pattern.ASK) {
          String field = Router.keyField(catalog, consumer);
          String key = field == null ? "" : routed(catalog, message, field);
          waits.expect(message, consumer, key);
        }
      }
    }
    return waits;
  }

  private static String routed(Catalog catalog, Message message, String field) {
    return Router.key(catalog, message.payload(), field, message.headers().time()).orElse("");
  }

  /** A delivery was handled and committed. */
  void replied(Work.Delivery delivery, @Nullable JsonNode data) {
    Message message = delivery.message();
    if (isAwaited(delivery)) {
      hand(message, EventReply.replied(message.type(), delivery.address(), data));
    }
  }

  /** A delivery has become a dead letter. */
  void failed(Chain.Denied denied, DeliveryRef dead) {
    if (denied.work() instanceof Work.Delivery delivery
        && delivery.ref().equals(dead)
        && isAwaited(delivery)) {
      Message message = delivery.message();
      hand(message, EventReply.failed(message.type(), delivery.address(), denied.failure()));
    }
  }

  /** A reply for somebody who waits on this node; may come twice, early or late. */
  void received(ConsumerReply reply) {
    PendingAnswer waits = waiting(reply.ask());
    if (waits == null) {
      early.asMap().merge(reply.ask(), List.of(reply), ReplyDesk::both);
      waits = waiting(reply.ask());
    }
    if (waits != null) {
      waits.take(reply);
    }
  }

  /** Where a reply belongs: late ones still count for who asks the same again. */
  private @Nullable PendingAnswer waiting(MessageId ask) {
    PendingAnswer waits = pending.get(ask);
    return waits == null ? repeatable.getIfPresent(ask) : waits;
  }

  private static List<ConsumerReply> both(List<ConsumerReply> some, List<ConsumerReply> more) {
    List<ConsumerReply> all = new ArrayList<>(some);
    all.addAll(more);
    return all;
  }

  private boolean isAwaited(Work.Delivery delivery) {
    return delivery.message().headers().replyTo() != null
        && catalogs
            .get()
            .event(delivery.message().type())
            .flatMap(event -> event.consumer(delivery.address().actor()))
            .filter(consumer -> consumer.pattern() == Pattern.ASK)
            .isPresent();
  }

  private void hand(Message event, EventReply reply) {
    String to = event.headers().replyTo();
    String cause = event.headers().causation();
    if (to == null || cause == null) {
      return;
    }
    ConsumerReply whole = new ConsumerReply(MessageId.of(cause), event.id(), reply);
    ReplySink sink = elsewhere;
    if (to.equals(node)) {
      received(whole);
    } else if (sink != null) {
      sink.reply(to, whole);
    }
  }
}
