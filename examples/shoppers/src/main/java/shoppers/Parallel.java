package shoppers;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Asks the shop many things at once. */
final class Parallel {
  /** As many as keep a node of two cores busy without making it refuse anybody. */
  private static final int AT_ONCE = 16;

  private Parallel() {}

  /** What the function makes of each, in the same order; its first failure is thrown. */
  static <T, R> List<R> each(Collection<T> things, Function<T, R> function) {
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Future<R>> futures = new ArrayList<>();
      for (T thing : things) {
        futures.add(threads.submit(() -> function.apply(thing)));
      }
      List<R> results = new ArrayList<>();
      for (Future<R> future : futures) {
        results.add(future.get());
      }
      return results;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unanswered("the shop", "interrupted");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException(e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }
}
