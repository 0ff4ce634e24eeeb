package dev.relay.store;

import java.util.List;

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
}
