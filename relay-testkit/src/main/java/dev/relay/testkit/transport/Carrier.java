package dev.relay.testkit.transport;

import dev.relay.transport.Transport;

/**
 * What a transport sends through, made for one test: a hub, a database, a Redis.
 *
 * <p>{@link #lose()} takes it away so that notices under way are lost, {@link #restore()} brings it
 * back, empty or not.
 */
public interface Carrier extends AutoCloseable {
  /** A new transport on this carrier, not started. The suite closes it. */
  Transport transport();

  /**
   * Whether it can be lost at all. Where it can't, {@link #lose()} does nothing and the suite
   * demands that notices get through all the same.
   */
  default boolean canBeLost() {
    return true;
  }

  /** Cuts all connections and refuses new ones. */
  void lose();

  /** Takes connections again. */
  void restore();

  @Override
  void close();
}
