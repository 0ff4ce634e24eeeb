package dev.relay.bench.load;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A closed loop that ends after so many calls, inside the contestant's own process, in one or more
 * parts. Used by one thread.
 */
public final class CountedLoad {
  private static final Duration LONGEST = Duration.ofHours(6);
  private static final Duration LAST_ANSWERS = Duration.ofSeconds(60);

  private record Answer(long from, long at, @Nullable Throwable failure) {}

  private final Supplier<CompletableFuture<Since>> call;
  private final Recorder recorder = new Recorder(System.nanoTime(), LONGEST);
  private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
  private long busyNanos;

  /**
   * @param call makes one call
   */
  public CountedLoad(Supplier<CompletableFuture<Since>> call) {
    this.call = call;
  }

  /** Makes so many calls, so many at once, and waits for all answers. */
  public void run(int clients, long calls) throws InterruptedException {
    long start = System.nanoTime();
    long sent = 0;
    long answered = 0;
    while (answered < calls) {
      while (sent < calls && sent - answered < clients) {
        send();
        sent++;
      }
      Answer answer = answers.poll(LAST_ANSWERS.toSeconds(), TimeUnit.SECONDS);
      answered++;
      if (answer == null) {
        recorder.error("no answer within " + LAST_ANSWERS.toSeconds() + " s");
      } else if (answer.failure() == null) {
        recorder.success(answer.from(), answer.at(), 1);
      } else {
        recorder.error(answer.failure().toString());
      }
    }
    busyNanos += System.nanoTime() - start;
  }

  private void send() {
    long sentAt = System.nanoTime();
    call.get()
        .whenComplete(
            (since, failure) ->
                answers.add(
                    new Answer(
                        since == null ? sentAt : since.nanos(), System.nanoTime(), failure)));
  }

  /** All parts together; what lay between them doesn't count. */
  public Measurement measurement(int clients, List<String> notes) {
    return recorder.measurement(clients, busyNanos / 1e9, notes);
  }
}
