package dev.relay.transport;

import java.util.Collection;

/** What a node does with what arrives. Must not block; must bear everything twice and late. */
public interface Inbound {
  /** Partitions that have deliveries for this node. */
  void woken(Collection<PartitionId> partitions);

  /** A letter for this node. */
  void received(Letter letter);

  /** Events have been published somewhere. */
  void published();

  /** Notices may have been lost, for example after a lost connection: look everywhere. */
  void interrupted();
}
