package dev.relay.bench.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A closed loop of calls that answer later, inside the contestant's own process. Many clients share
 * a thread for each core: answers come back to that thread, so what a call does before it returns
 * never runs on a thread of the contestant.
 */
public final class AsyncLoad implements Workload {
  private static final Duration LAST_ANSWERS = Duration.ofSeconds(30);

  private final Supplier<? extends CompletionStage<?>> call;

  /**
   * Load made of these calls of one turn each; several threads ask for them. A call that results in
   * a {@link Since} is timed from there.
   */
  public AsyncLoad(Supplier<? extends CompletionStage<?>> call) {
    this.call = call;
  }

  @Override
  public Measurement run(int clients, Duration length) throws Exception {
    int count = Math.min(clients, Runtime.getRuntime().availableProcessors());
    long start = System.nanoTime();
    ExecutorService threads = Executors.newFixedThreadPool(count);
    try {
      List<Future<Recorder>> running = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int share = clients / count + (i < clients % count ? 1 : 0);
        running.add(threads.submit(() -> new Caller(start, length).run(share)));
      }
      Recorder all = new Recorder(start, length);
      for (Future<Recorder> caller : running) {
        all.merge(caller.get());
      }
      return all.measurement(clients);
    } finally {
      threads.shutdownNow();
    }
  }

  private record Answer(long sentAt, long at, @Nullable Throwable failure) {}

  private final class Caller {
    private final Recorder recorder;
    private final long giveUp;
    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();

    Caller(long start, Duration length) {
      this.recorder = new Recorder(start, length);
      this.giveUp = start + length.plus(LAST_ANSWERS).toNanos();
    }

    Recorder run(int clients) throws InterruptedException {
      for (int i = 0; i < clients; i++) {
        send();
      }
      for (int owed = clients; owed > 0; ) {
        Answer answer = answers.poll(giveUp - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (answer == null) {
          recorder.error("no answer within " + LAST_ANSWERS.toSeconds() + " s of the phase's end");
          owed--;
        } else {
          record(answer);
          if (recorder.over(System.nanoTime())) {
            owed--;
          } else {
            send();
          }
        }
      }
      return recorder;
    }

    private void send() {
      long sentAt = System.nanoTime();
      try {
        call.get()
            .whenComplete(
                (reply, failure) ->
                    answers.add(
                        new Answer(
                            reply instanceof Since since ? since.nanos() : sentAt,
                            System.nanoTime(),
                            failure)));
      } catch (RuntimeException e) {
        answers.add(new Answer(sentAt, System.nanoTime(), e));
      }
    }

    private void record(Answer answer) {
      if (answer.failure() == null) {
        recorder.success(answer.sentAt(), answer.at(), 1);
      } else {
        recorder.error(answer.failure().toString());
      }
    }
  }
}
