package dev.relay.testkit.transport;

import dev.relay.transport.Health;
import dev.relay.transport.Inbound;
import dev.relay.transport.Letter;
import dev.relay.transport.PartitionId;
import dev.relay.transport.Transport;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A transport that does everything a transport may: what is sent through it is lost, repeated,
 * delayed and so reordered, by a seed. Wraps another one. Thread-safe; with one sending thread the
 * same seed does the same again.
 */
public final class HostileTransport implements Transport {
  private final Transport carrier;
  private final Random random;
  private final Malice malice;
  private final ScheduledThreadPoolExecutor later =
      new ScheduledThreadPoolExecutor(
          1,
          task -> {
            Thread thread = new Thread(task, "relay-hostile-transport");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * How bad it is.
   *
   * @param lost share of notices and letters that never arrive, 0 to 1
   * @param repeated share of those that arrive more than once
   * @param copies how often those arrive
   * @param delayed share of all copies that arrive late
   * @param longest how late at most
   */
  public record Malice(double lost, double repeated, int copies, double delayed, Duration longest) {
    /** One in five lost, half of the rest doubled, half of them late by up to 200 ms. */
    public static final Malice USUAL = new Malice(0.2, 0.5, 2, 0.5, Duration.ofMillis(200));

    /** Nothing lost; everything twice, and late by up to 200 ms. */
    public static final Malice ALL_TWICE_AND_LATE = new Malice(0, 1, 2, 1, Duration.ofMillis(200));

    /** Nothing lost; everything three times, and late by up to 100 ms. */
    public static final Malice ALL_THRICE_AND_LATE = new Malice(0, 1, 3, 1, Duration.ofMillis(100));
  }

  public HostileTransport(Transport carrier, long seed) {
    this(carrier, seed, Malice.USUAL);
  }

  public HostileTransport(Transport carrier, long seed, Malice malice) {
    this.carrier = carrier;
    this.random = new Random(seed);
    this.malice = malice;
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
    mistreat(() -> carrier.wake(node, copy));
  }

  @Override
  public void send(String node, Letter letter) {
    mistreat(() -> carrier.send(node, letter));
  }

  @Override
  public void announce() {
    mistreat(carrier::announce);
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

  private synchronized void mistreat(Runnable sending) {
    if (random.nextDouble() < malice.lost()) {
      return;
    }
    perhapsLate(sending);
    if (random.nextDouble() < malice.repeated()) {
      for (int copy = 1; copy < malice.copies(); copy++) {
        perhapsLate(sending);
      }
    }
  }

  private void perhapsLate(Runnable sending) {
    if (random.nextDouble() >= malice.delayed()) {
      sending.run();
      return;
    }
    long nanos = (long) (random.nextDouble() * malice.longest().toNanos());
    try {
      later.schedule(sending, nanos, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException closed) {
      return;
    }
  }
}
