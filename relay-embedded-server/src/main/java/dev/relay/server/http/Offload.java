package dev.relay.server.http;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place where a request leaves its I/O thread because something may wait. Virtual threads
 * where the JVM has them, else a bounded pool. Thread-safe.
 */
final class Offload implements AutoCloseable {
  /**
   * Threads of the pool on a JVM without virtual ones; each waits for Postgres most of its time.
   */
  private static final int POOL_THREADS = 16;

  /** Requests that wait for a thread of the pool before more are refused; chosen. */
  private static final int POOL_QUEUE = 1024;

  private static final Logger log = LoggerFactory.getLogger(Offload.class);

  private final ExecutorService executor = virtualOrPooled();

  /**
   * Runs the task where it may wait.
   *
   * @throws RejectedExecutionException where too many wait already, or the server has stopped
   */
  void run(Runnable task) {
    executor.execute(task);
  }

  /** Waits a little for running tasks, then interrupts them. */
  @Override
  public void close() {
    executor.shutdown();
    try {
      if (!executor.awaitTermination(1, TimeUnit.SECONDS)) {
        executor.shutdownNow();
      }
    } catch (InterruptedException interrupted) {
      executor.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private static ExecutorService virtualOrPooled() {
    try {
      return (ExecutorService)
          Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (NoSuchMethodException olderJvm) {
      return pooled();
    } catch (IllegalAccessException | InvocationTargetException preview) {
      log.debug("virtual threads are there but not to be had, a pool does", preview);
      return pooled();
    }
  }

  private static ExecutorService pooled() {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            POOL_THREADS,
            POOL_THREADS,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(POOL_QUEUE),
            named("relay-http-wait"));
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  private static ThreadFactory named(String prefix) {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, prefix + "-" + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
