package dev.relay.node;

import dev.relay.store.StoreException;
import dev.relay.store.TurnStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that makes lost hand-overs harmless: reads partitions that are behind, makes due
 * timers ready, and looks for deliveries that have been ready for longer than they should.
 */
final class Sweeper implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(Sweeper.class);

  /** Between two looks at Postgres; bounds how late a timer or another node's delivery starts. */
  private static final Duration PERIOD = Duration.ofMillis(500);

  /** How long a delivery may be ready before it counts as lost on the way. */
  private static final Duration OVERDUE = Duration.ofSeconds(1);

  private final TurnStore store;
  private final DeliveryIntake intake;
  private final CatchUp catchUp;
  private final Set<String> actors;
  private final InstantSource clock;
  private final Consumer<List<TurnStore.Backlog>> released;
  private volatile boolean stopping;
  private volatile boolean woken;
  private volatile boolean everywhere;
  private volatile @org.jspecify.annotations.Nullable Thread thread;

  /**
   * @param released hears in which partitions timers became ready, whoever owns them
   */
  Sweeper(
      TurnStore store,
      DeliveryIntake intake,
      Set<String> actors,
      InstantSource clock,
      Consumer<List<TurnStore.Backlog>> released) {
    this.store = store;
    this.intake = intake;
    this.catchUp = new CatchUp(intake, store);
    this.actors = Set.copyOf(actors);
    this.clock = clock;
    this.released = released;
  }

  /** Ends the sweeper's sleep. */
  void wake() {
    woken = true;
    Thread sweeping = thread;
    if (sweeping != null) {
      LockSupport.unpark(sweeping);
    }
  }

  /** Looks at once, and for everything that is ready: wake-ups may have been lost. */
  void lookEverywhere() {
    everywhere = true;
    wake();
  }

  void stop() {
    stopping = true;
    wake();
  }

  @Override
  public void run() {
    thread = Thread.currentThread();
    boolean reachable = true;
    long nextLook = System.nanoTime();
    while (!stopping) {
      woken = false;
      try {
        catchUp.read(intake.behind());
        if (everywhere || System.nanoTime() - nextLook >= 0) {
          look(clock.instant());
          nextLook = System.nanoTime() + PERIOD.toNanos();
        }
        reachable = true;
      } catch (StoreException failure) {
        if (reachable) {
          log.warn("deliveries wait until Postgres answers: {}", failure.getMessage());
        }
        reachable = false;
        LockSupport.parkNanos(PERIOD.toNanos());
      } catch (RuntimeException fault) {
        log.error("a fault in the sweeper; it goes on", fault);
        LockSupport.parkNanos(PERIOD.toNanos());
      }
      if (!woken && !stopping) {
        LockSupport.parkNanos(this, Math.max(1, nextLook - System.nanoTime()));
      }
    }
  }

  private void look(Instant now) {
    if (actors.isEmpty()) {
      return;
    }
    List<TurnStore.Backlog> due = store.release(actors, now);
    if (!due.isEmpty()) {
      due.forEach(intake::reread);
      released.accept(due);
    }
    if (intake.hasRoom()) {
      boolean all = everywhere;
      everywhere = false;
      store.backlog(actors, all ? now.plus(OVERDUE) : now.minus(OVERDUE)).forEach(intake::reread);
    }
  }
}
