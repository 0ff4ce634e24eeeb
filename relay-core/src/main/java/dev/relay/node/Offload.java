package dev.relay.node;

import dev.relay.catalog.Catalog;
import dev.relay.turn.TurnInput;
import dev.relay.turn.TurnOutcome;
import dev.relay.turn.TurnRunner;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Runs handlers that may wait away from the lanes: on virtual threads where the JVM has them, else
 * on a bounded pool. Thread-safe.
 */
final class Offload implements AutoCloseable {
  /** Threads of the pool on a JVM without virtual threads; chosen for handlers that mostly wait. */
  private static final int POOL_THREADS = 64;

  private final ExecutorService executor = virtualThreads();
  private final TurnRunner runner;
  private final Supplier<Catalog> catalogs;
  private final InstantSource clock;

  Offload(TurnRunner runner, Supplier<Catalog> catalogs, InstantSource clock) {
    this.runner = runner;
    this.catalogs = catalogs;
    this.clock = clock;
  }

  /** Runs the work's handler from the state the chain ended with, and hands the outcome back. */
  void run(Work work, Chain chain, Consumer<Work> back) {
    long version = chain.version();
    TurnInput input =
        new TurnInput(
            chain.address(), work.message(), chain.state(), clock.instant(), catalogs.get());
    try {
      executor.execute(
          () ->
              back.accept(new Work.Finished(work, version, runner.run(chain.behaviour(), input))));
    } catch (RejectedExecutionException stopping) {
      back.accept(new Work.Finished(work, version, new TurnOutcome.Failed(stopping)));
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }

  /** Looked up by name once, because the code is compiled for Java 17, which has none. */
  private static ExecutorService virtualThreads() {
    try {
      return (ExecutorService)
          MethodHandles.publicLookup()
              .findStatic(
                  java.util.concurrent.Executors.class,
                  "newVirtualThreadPerTaskExecutor",
                  MethodType.methodType(ExecutorService.class))
              .invokeExact();
    } catch (Throwable notThere) {
      return pool();
    }
  }

  private static ExecutorService pool() {
    AtomicInteger number = new AtomicInteger();
    ThreadFactory threads =
        task -> {
          Thread thread = new Thread(task, "relay-handler-" + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        };
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            POOL_THREADS, POOL_THREADS, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }
}
