package dev.relay.transport;

import java.util.Collection;

/**
 * Carries notices and letters between the nodes of a cluster, quickly and without promises: what it
 * is given may be lost, come twice, late or in another order. It carries no deliveries: a wake-up
 * says where to look, and Postgres says what is there and in which order, so that no transport can
 * double or reorder one.
 *
 * <p>Sending never blocks and never fails: what can't be sent now is dropped, at the latest when a
 * bounded buffer is full. Thread-safe. Each implementation passes the contract suite.
 */
public interface Transport extends AutoCloseable {
  /** The name users know it by: {@code in-process}, {@code postgres} or {@code redis}. */
  String name();

  /**
   * Starts to receive. Called once, before anything is sent; returns at once where the carrier
   * can't be reached, and goes on trying.
   *
   * @param node this node's name, unique for each start of a process
   * @param inbound takes what arrives, on a thread of the transport's
   */
  void start(String node, Inbound inbound);

  /**
   * Tells a node that these partitions have deliveries for it. Many calls may become one notice.
   */
  void wake(String node, Collection<PartitionId> partitions);

  /** Sends a letter to a node. */
  void send(String node, Letter letter);

  /** Tells every node that events have been published. Many calls may become one notice. */
  void announce();

  /** How the carrier is now. */
  Health health();

  /** Stops receiving and lets go of the carrier; what is not sent yet is dropped. Idempotent. */
  @Override
  void close();
}
