package dev.relay.bench.load;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** A closed loop inside the contestant's own process: one thread a client, calling as it can. */
public final class BlockingLoad implements Workload {
  /** One client; used by one thread at a time. */
  public interface Client extends AutoCloseable {
    /** Does one call and returns how many turns it made durable. */
    int call() throws Exception;

    @Override
    void close() throws SQLException;
  }

  /** Makes the client number {@code index} of {@code clients}. */
  @FunctionalInterface
  public interface Clients {
    Client open(int index, int clients) throws Exception;
  }

  private final Clients source;

  public BlockingLoad(Clients source) {
    this.source = source;
  }

  @Override
  public Measurement run(int clients, Duration length) throws Exception {
    AtomicLong start = new AtomicLong();
    CyclicBarrier barrier = new CyclicBarrier(clients, () -> start.set(System.nanoTime()));
    ExecutorService threads = Executors.newFixedThreadPool(clients);
    List<Client> opened = new ArrayList<>();
    try {
      List<Future<Recorder>> running = new ArrayList<>();
      for (int index = 0; index < clients; index++) {
        opened.add(source.open(index, clients));
      }
      for (Client client : opened) {
        running.add(threads.submit(() -> loop(client, barrier, start, length)));
      }
      return merged(running, start.get(), length).measurement(clients);
    } finally {
      threads.shutdownNow();
      for (Client client : opened) {
        client.close();
      }
    }
  }

  private static Recorder loop(
      Client client, CyclicBarrier barrier, AtomicLong start, Duration length) throws Exception {
    barrier.await();
    Recorder recorder = new Recorder(start.get(), length);
    long sent = System.nanoTime();
    while (!recorder.over(sent)) {
      int turns = client.call();
      long now = System.nanoTime();
      recorder.success(sent, now, turns);
      sent = now;
    }
    return recorder;
  }

  private static Recorder merged(List<Future<Recorder>> running, long start, Duration length)
      throws Exception {
    Recorder all = new Recorder(start, length);
    for (Future<Recorder> one : running) {
      all.merge(one.get());
    }
    return all;
  }
}
