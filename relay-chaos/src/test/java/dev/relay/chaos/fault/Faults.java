package dev.relay.chaos.fault;

import dev.relay.chaos.cluster.Cluster;
import dev.relay.chaos.cluster.Database;
import dev.relay.chaos.cluster.RedisStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Does what a plan says, each fault on a thread of its own, so that one may begin while another
 * lasts; two on the same node or on Postgres come one after the other.
 */
public final class Faults {
  private static final long SLOWER_MILLIS = 30;

  private final Cluster cluster;
  private final Database database;
  private final @Nullable RedisStore redis;
  private final Runnable crowd;
  private final Object postgres = new Object();
  private final Queue<String> anomalies = new ConcurrentLinkedQueue<>();

  /**
   * Faults of these.
   *
   * @param crowd asks at once for more than there is room for
   */
  public Faults(Cluster cluster, Database database, @Nullable RedisStore redis, Runnable crowd) {
    this.crowd = crowd;
    this.cluster = cluster;
    this.database = database;
    this.redis = redis;
  }

  /** Runs the plan; returns when its last fault is over. */
  public void run(List<Planned> plan) {
    long start = System.nanoTime();
    List<Thread> running = new ArrayList<>();
    for (Planned fault : plan) {
      pause(fault.at() - (System.nanoTime() - start) / 1_000_000);
      Thread thread = new Thread(() -> inject(fault), "chaos-fault-" + fault.kind());
      thread.setDaemon(true);
      thread.start();
      running.add(thread);
    }
    for (Thread thread : running) {
      try {
        thread.join(120_000);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
      if (thread.isAlive()) {
        anomalies.add(thread.getName() + " doesn't come to an end");
      }
    }
  }

  /** What faults met that must not be, such as a node that doesn't leave when it should. */
  public List<String> anomalies() {
    return new ArrayList<>(anomalies);
  }

  private void inject(Planned fault) {
    try {
      if (fault.kind().ofNode()) {
        hitNode(fault);
      } else if (fault.kind().ofRedis()) {
        hitRedis(fault, Objects.requireNonNull(redis, "this run has no Redis"));
      } else {
        synchronized (postgres) {
          hitPostgres(fault);
        }
      }
    } catch (RuntimeException failure) {
      anomalies.add(fault + " could not be done: " + failure);
    }
  }

  private void hitNode(Planned fault) {
    int node = fault.node();
    boolean orderly = true;
    switch (fault.kind()) {
      case NODE_KILLED -> cluster.kill(node, lasting(fault));
      case NODE_FROZEN -> cluster.freeze(node, lasting(fault));
      case NODE_LEAVES -> orderly = cluster.leave(node, lasting(fault));
      default -> {
        cluster.start(node);
        lasting(fault).run();
        orderly = cluster.remove(node);
      }
    }
    if (!orderly) {
      anomalies.add(fault + ": the node didn't leave within 45 s");
    }
  }

  private void hitPostgres(Planned fault) {
    switch (fault.kind()) {
      case POSTGRES_RESTARTED -> database.restart(lasting(fault));
      case POSTGRES_CRASHES -> database.crash();
      case BACKENDS_TERMINATED -> database.terminateBackends();
      case CONNECTIONS_CUT -> database.network().cut();
      case CROWD -> {
        database.network().delay(SLOWER_MILLIS);
        crowd.run();
        database.network().delay(0);
      }
      case POSTGRES_REFUSES -> {
        database.network().refuse();
        lasting(fault).run();
        database.network().accept();
      }
      case POSTGRES_STALLS -> {
        database.network().stall(true);
        lasting(fault).run();
        database.network().stall(false);
      }
      default -> {
        database.network().delay(SLOWER_MILLIS);
        lasting(fault).run();
        database.network().delay(0);
      }
    }
  }

  private static void hitRedis(Planned fault, RedisStore redis) {
    synchronized (redis) {
      switch (fault.kind()) {
        case REDIS_EMPTIED -> redis.restartEmpty(lasting(fault));
        case REDIS_FLUSHED -> redis.flush();
        case REDIS_READ_ONLY -> redis.readOnly(lasting(fault));
        case REDIS_FROZEN -> redis.freeze(lasting(fault));
        default -> redis.cut();
      }
    }
  }

  private static Runnable lasting(Planned fault) {
    return () -> pause(fault.millis());
  }

  private static void pause(long millis) {
    long end = System.nanoTime() + Duration.ofMillis(millis).toNanos();
    for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
