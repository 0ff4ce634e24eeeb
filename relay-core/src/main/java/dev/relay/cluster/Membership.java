package dev.relay.cluster;

import dev.relay.store.Fence;
import dev.relay.store.Fencing;
import dev.relay.store.StoreException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's place among the living: joins, renews its lease, hears of the others, removes the
 * dead and, should it be taken for dead itself, drops everything and joins again.
 *
 * <pre>
 *            start                     renewed
 *   (out) ----------> MEMBER ------------------------> MEMBER
 *                     |  ^                               |
 *     its row is gone |  | everything dropped,           | leave: gives partitions away
 *     or a commit was |  | joined under the next         v
 *     refused         v  | incarnation                LEAVING --close: row removed--> (out)
 *                     FENCED
 * </pre>
 *
 * While Postgres doesn't answer, the last list stays in use: nobody can commit then anyway.
 */
public final class Membership implements Cluster, Fencing, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Membership.class);

  /** How long {@link #close} waits for its thread. */
  private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(2);

  /**
   * How often a node shows that it lives, and how long it counts as living.
   *
   * @param heartbeat between two renewals
   * @param lease from a renewal until others may declare it dead
   */
  public record Timing(Duration heartbeat, Duration lease) {
    /** A heartbeat a second, a lease of four: a killed node's partitions move within five. */
    public static final Timing DEFAULT = new Timing(Duration.ofSeconds(1), Duration.ofSeconds(4));
  }

  private final MemberStore store;
  private final News news;
  private final Timing timing;
  private final LongSupplier nanoClock;
  private final StoreClock clock;
  private final Lease lease;
  private final List<Consumer<Assignment>> listeners = new CopyOnWriteArrayList<>();
  private final AtomicBoolean refused = new AtomicBoolean();
  private final Thread thread;
  private volatile Member self;
  private volatile Assignment current;
  private volatile boolean leaving;
  private volatile boolean closed;
  private boolean reachable = true;

  /**
   * A place that is not taken yet.
   *
   * @param self this node; its incarnation is counted here
   */
  public Membership(MemberStore store, News news, Member self, Timing timing) {
    this(store, news, self, timing, System::nanoTime);
  }

  Membership(MemberStore store, News news, Member self, Timing timing, LongSupplier nanoClock) {
    this.store = store;
    this.news = news;
    this.self = self.incarnation(1);
    this.timing = timing;
    this.nanoClock = nanoClock;
    this.clock = new StoreClock(InstantSource.system(), nanoClock);
    this.lease = new Lease(timing.lease());
    this.current = Assignment.of(self.name(), new Roster(0, List.of()));
    this.thread = new Thread(this::keep, "relay-membership");
    thread.setDaemon(true);
  }

  /**
   * Joins and keeps the place from then on; nodes of this machine whose process is gone are
   * removed, so that one that was killed and started again needn't wait for its own lease. Blocks
   * on the store.
   *
   * @throws StoreException where it can't be reached
   */
  public void start() {
    for (Member each : store.roster().members()) {
      if (NodeName.isOfDeadProcess(each.place())) {
        store.left(each.name(), each.incarnation());
      }
    }
    join();
    thread.start();
  }

  @Override
  public Assignment current() {
    return current;
  }

  @Override
  public void onChange(Consumer<Assignment> listener) {
    listeners.add(listener);
  }

  @Override
  public InstantSource clock() {
    return clock;
  }

  @Override
  public Fence fence() {
    Member joined = self;
    return new Fence(joined.name(), joined.incarnation());
  }

  @Override
  public void refused(Fence fence) {
    if (fence.incarnation() == self.incarnation()) {
      refused.set(true);
    }
  }

  @Override
  public void leave() {
    leaving = true;
    try {
      store.leaving(self.name(), self.incarnation());
      refresh();
    } catch (StoreException unreachable) {
      log.warn("this node leaves without saying so: {}", unreachable.getMessage());
    }
  }

  /** Leaves for good: the row goes, others take over at once. Idempotent. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    leaving = true;
    closed = true;
    news.close();
    try {
      thread.join(LONGEST_GOODBYE.toMillis());
      store.left(self.name(), self.incarnation());
    } catch (StoreException unreachable) {
      log.warn("this node stays listed until its lease runs out: {}", unreachable.getMessage());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void keep() {
    while (!closed) {
      long next = nanoClock.getAsLong() + timing.heartbeat().toNanos();
      beat();
      long rest = next - nanoClock.getAsLong();
      if (!closed && rest > 0) {
        news.await(Duration.ofNanos(rest));
      }
    }
  }

  private void beat() {
    try {
      long startedAt = nanoClock.getAsLong();
      Member me = self;
      MemberStore.Renewal renewal =
          store.renew(
              me.name(), me.incarnation(), timing.lease(), lease.judges(startedAt) && !leaving);
      clock.heard(renewal.time());
      if (!renewal.known() || refused.getAndSet(false)) {
        fall();
        return;
      }
      lease.renewed(startedAt);
      if (!renewal.dead().isEmpty()) {
        log.warn("nodes whose lease ran out are gone: {}", String.join(", ", renewal.dead()));
      }
      if (renewal.epoch() != current.epoch()) {
        refresh();
      }
      reachable = true;
    } catch (StoreException failure) {
      if (reachable && !closed) {
        log.warn("the list of nodes can't be reached: {}", failure.getMessage());
      }
      reachable = false;
    } catch (RuntimeException fault) {
      log.error("a fault in the membership; it goes on", fault);
    }
  }

  private void join() {
    long startedAt = nanoClock.getAsLong();
    clock.heard(store.join(self, timing.lease()));
    lease.renewed(startedAt);
    refresh();
  }

  /** Taken for dead: everybody lets go of everything, then this node begins anew. */
  private void fall() {
    lease.lost();
    synchronized (this) {
      if (current.member(self.name()).isPresent()) {
        log.warn("this node was taken for dead; it drops what it holds and joins again");
        tell(current.withoutSelf());
      }
    }
    if (!leaving) {
      self = self.incarnation(self.incarnation() + 1);
      refused.set(false); // told meanwhile of the incarnation that has just ended
      join();
    }
  }

  private synchronized void refresh() {
    Assignment now = Assignment.of(self.name(), store.roster());
    log.info("nodes of {}", now);
    tell(now);
  }

  private void tell(Assignment now) {
    current = now;
    for (Consumer<Assignment> listener : listeners) {
      try {
        listener.accept(now);
      } catch (RuntimeException fault) {
        log.error("a listener failed on a change of the nodes", fault);
      }
    }
  }
}
