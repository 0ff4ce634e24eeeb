package dev.relay.store;

import dev.relay.message.MessageId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What became of messages, read back from journal and deliveries for people to see. Thread-safe;
 * blocks on the store.
 */
public interface History {
  /**
   * What is known of these deliveries now; those of which nothing is known are left out. Looks by
   * instance and time and not through the journal, so it costs the same however much goes on
   * elsewhere.
   */
  List<DeliveryFate> fates(List<ExpectedDelivery> deliveries);

  /** The message that a request with this id came to, as far back as requests are kept. */
  Optional<MessageId> requested(String requestId);

  /**
   * The turns committed from one time to before another whose message or emitted messages contain a
   * text, oldest first. Looks through all of that time: keep it short.
   *
   * @param limit most turns returned
   */
  List<PastTurn> turns(String text, Instant from, Instant to, int limit);

  /**
   * The deliveries written from one time to before another, and still owed or dead, whose message
   * contains a text.
   *
   * @param limit most deliveries returned
   */
  List<OpenDelivery> open(String text, Instant from, Instant to, int limit);

  /** What each partition owes that owes anything; timers and dead letters aside. */
  List<PartitionLoad> load();
}
