package dev.relay.redis;

import dev.relay.transport.Inbound;
import dev.relay.transport.Letter;
import dev.relay.transport.PartitionId;
import java.util.Collection;

/** A node that does nothing with what it hears. */
final class Silent implements Inbound {
  @Override
  public void woken(Collection<PartitionId> partitions) {}

  @Override
  public void received(Letter letter) {}

  @Override
  public void published() {}

  @Override
  public void interrupted() {}
}
