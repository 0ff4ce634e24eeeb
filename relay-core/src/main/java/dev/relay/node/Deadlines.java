package dev.relay.node;

import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Ends the wait of callers whose time is up. Thread-safe. */
final class Deadlines implements AutoCloseable {
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(
          1,
          task -> {
            Thread thread = new Thread(task, "relay-deadlines");
            thread.setDaemon(true);
            return thread;
          });

  Deadlines() {
    timer.setRemoveOnCancelPolicy(true);
  }

  /** Fails the answer with {@link ErrorCode#TIMED_OUT} unless it comes within this time. */
  void bound(CompletableFuture<Receipt> answer, String event, Duration timeout) {
    Future<?> end =
        timer.schedule(
            () ->
                answer.completeExceptionally(
                    RelayException.of(
                            ErrorCode.TIMED_OUT,
                            event + " was not answered within " + timeout.toMillis() + " ms")
                        .remedy("it may still happen; ask again with the same request id")
                        .build()),
            timeout.toNanos(),
            TimeUnit.NANOSECONDS);
    answer.whenComplete((receipt, failure) -> end.cancel(false));
  }

  /** Runs something short after this time, unless it is cancelled before. */
  Future<?> after(Duration time, Runnable task) {
    return timer.schedule(task, time.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
