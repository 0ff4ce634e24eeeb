package dev.relay.node;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The threads of handlers that wait: a virtual one each where the JVM has them, else bounded pools.
 * Thread-safe.
 *
 * <p>There is one pool for each depth of asking, because a turn that asks holds its thread until
 * the asked turn is done: in a single pool, turns that ask could take every thread and wait for
 * turns that find none. So the turns at a depth wait for those of the next one only, and the
 * deepest always get on.
 */
final class HandlerThreads implements AutoCloseable {
  /** Threads of one pool; chosen for handlers that mostly wait. They end when idle for 30 s. */
  static final int POOL_THREADS = 64;

  private final Map<Integer, ExecutorService> executors = new ConcurrentHashMap<>();
  private final IntFunction<ExecutorService> perDepth;
  private volatile boolean closed;

  private HandlerThreads(IntFunction<ExecutorService> perDepth) {
    this.perDepth = perDepth;
  }

  /** The best that this JVM has. */
  static HandlerThreads ofThisJvm() {
    ExecutorService virtual = virtualThreads();
    return virtual == null ? pooled() : new HandlerThreads(depth -> virtual);
  }

  /** Bounded pools, as on a JVM without virtual threads. */
  static HandlerThreads pooled() {
    return new HandlerThreads(HandlerThreads::pool);
  }

  /**
   * Runs a task on a thread of its own.
   *
   * @param depth how many other turns wait for this one, 0 or more
   * @throws RejectedExecutionException after {@link #close}
   */
  void execute(int depth, Runnable task) {
    if (closed) {
      throw new RejectedExecutionException("the node is stopping");
    }
    executors.computeIfAbsent(depth, perDepth::apply).execute(task);
  }

  /** Interrupts what runs and takes no more. */
  @Override
  public void close() {
    closed = true;
    executors.values().forEach(ExecutorService::shutdownNow);
  }

  /** Looked up by name once, because the code is compiled for Java 17, which has none. */
  private static @Nullable ExecutorService virtualThreads() {
    try {
      return (ExecutorService)
          MethodHandles.publicLookup()
              .findStatic(
                  Executors.class,
                  "newVirtualThreadPerTaskExecutor",
                  MethodType.methodType(ExecutorService.class))
              .invokeExact();
    } catch (Throwable notThere) {
      return null;
    }
  }

  private static ExecutorService pool(int depth) {
    AtomicInteger number = new AtomicInteger();
    ThreadFactory threads =
        task -> {
          String name = "relay-handler-" + depth + "-" + number.incrementAndGet();
          Thread thread = new Thread(task, name);
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
