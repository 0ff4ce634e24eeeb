package shoppers;

import dev.relay.transport.Health;
import dev.relay.transport.Inbound;
import dev.relay.transport.Letter;
import dev.relay.transport.PartitionId;
import dev.relay.transport.Transport;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Carries everything three times, each copy late by its own time, so that all of it is shuffled.
 */
final class Thrice implements Transport {
  private static final int COPIES = 3;
  private static final int LATEST_MILLIS = 100;

  private final Transport carrier;
  private final Random random;
  private final ScheduledThreadPoolExecutor later = new ScheduledThreadPoolExecutor(1);

  Thrice(Transport carrier, long seed) {
    this.carrier = carrier;
    this.random = new Random(seed);
  }

  @Override
  public String name() {
    return carrier.name();
  }

  @Override
  public void start(String node, Inbound inbound) {
    carrier.start(node, inbound);
  }

  @Override
  public void wake(String node, Collection<PartitionId> partitions) {
    List<PartitionId> copy = List.copyOf(partitions);
    thrice(() -> carrier.wake(node, copy));
  }

  @Override
  public void send(String node, Letter letter) {
    thrice(() -> carrier.send(node, letter));
  }

  @Override
  public void announce() {
    thrice(carrier::announce);
  }

  @Override
  public Health health() {
    return carrier.health();
  }

  @Override
  public void close() {
    later.shutdownNow();
    carrier.close();
  }

  private synchronized void thrice(Runnable sending) {
    try {
      for (int copy = 0; copy < COPIES; copy++) {
        later.schedule(sending, random.nextInt(LATEST_MILLIS), TimeUnit.MILLISECONDS);
      }
    } catch (RejectedExecutionException closed) {
      return;
    }
  }
}
