package dev.relay.server.http;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.XnioIoThread;

/**
 * The way back to one I/O thread. A commit answers many asks at once; here they share one wake-up
 * of the selector instead of paying for one each. Thread-safe.
 */
final class Outbox {
  /** Tasks run in a row before the selector gets a look at its sockets again; chosen. */
  private static final int ROUND = 512;

  private static final Logger log = LoggerFactory.getLogger(Outbox.class);

  private final XnioIoThread thread;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();

  Outbox(XnioIoThread thread) {
    this.thread = thread;
  }

  XnioIoThread thread() {
    return thread;
  }

  /** Runs the task on the I/O thread, soon and in order; from any thread. */
  void put(Runnable task) {
    tasks.add(task);
    schedule();
  }

  private void schedule() {
    if (!scheduled.compareAndSet(false, true)) {
      return;
    }
    try {
      thread.execute(this::drain);
    } catch (RejectedExecutionException stopped) {
      log.debug("the server has stopped, an answer is dropped");
    }
  }

  private void drain() {
    for (int done = 0; done < ROUND; done++) {
      Runnable task = tasks.poll();
      if (task == null) {
        break;
      }
      run(task);
    }
    scheduled.set(false);
    // a task added after the last poll found the flag still set and woke nobody
    if (!tasks.isEmpty()) {
      schedule();
    }
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error failure) {
      log.error("a task of an I/O thread failed", failure);
    }
  }
}
