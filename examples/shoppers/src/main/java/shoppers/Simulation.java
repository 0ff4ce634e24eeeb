package shoppers;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Begins visits at a rate that doesn't depend on how the shop answers (an open loop): a shop that
 * is slow gets more visits at once, as a real one would. Runs once.
 */
final class Simulation {
  /** What all visits share. */
  record Floor(Plan plan, Shop shop, List<Product> products, Book book, Timings checkouts) {}

  /** How far a run is. */
  record Reading(long seconds, long begun, int underWay, Floor floor) {}

  /** Told how far it is, a few times a second. */
  interface Watcher {
    void tell(Reading reading);
  }

  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final Floor floor;
  private final BlockingQueue<Shopper> waiting;
  private final AtomicInteger underWay = new AtomicInteger();
  private long begun;
  private long late;

  Simulation(Floor floor, List<Shopper> shoppers) {
    this.floor = floor;
    this.waiting = new ArrayBlockingQueue<>(shoppers.size(), false, shoppers);
  }

  /** How many visits were begun. */
  long begun() {
    return begun;
  }

  /** How many of the plan couldn't be begun in time, because every shopper was in a visit. */
  long late() {
    return late;
  }

  /**
   * Begins visits for as long as the plan says, and waits for those that are under way.
   *
   * @throws Unanswered where the whole shop was silent for longer than the plan's patience
   */
  void run(Watcher watcher) {
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      long start = System.nanoTime();
      floor.shop().crowdedUntil(start + floor.plan().time().toNanos());
      long planned = Math.round(floor.plan().rate() * floor.plan().time().toMillis() / 1_000);
      long told = start;
      for (long visit = 0; visit < planned; visit++) {
        long due = start + Math.round(visit * 1e9 / floor.plan().rate());
        while (System.nanoTime() < due) {
          told = tell(start, told, watcher);
          LockSupport.parkNanos(Math.min(due - System.nanoTime(), TICK_NANOS));
        }
        begin(visit, threads);
      }
      threads.shutdown();
      while (!threads.awaitTermination(TICK_NANOS, TimeUnit.NANOSECONDS)) {
        told = tell(start, told, watcher);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      threads.shutdownNow();
    }
  }

  private void begin(long number, ExecutorService threads) {
    Shopper shopper = waiting.poll();
    if (shopper == null) {
      late++;
      return;
    }
    begun++;
    underWay.incrementAndGet();
    threads.execute(
        () -> {
          try {
            new Visit(floor, shopper, number).run();
          } catch (RuntimeException e) {
            floor.book().surprise("visit " + number, "no fault of its own", e.toString());
          } finally {
            underWay.decrementAndGet();
            waiting.add(shopper);
          }
        });
  }

  private long tell(long start, long told, Watcher watcher) {
    long now = System.nanoTime();
    if (now - told < TICK_NANOS) {
      return told;
    }
    floor.shop().mustBeThere();
    long seconds = Duration.ofNanos(now - start).toSeconds();
    watcher.tell(new Reading(seconds, begun, underWay.get(), floor));
    return now;
  }
}
