package dev.relay.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AsyncLoadTest {
  private static final int CLIENTS = 7;

  private final ExecutorService contestant = Executors.newFixedThreadPool(2);
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicInteger mostUnderWay = new AtomicInteger();

  @AfterEach
  void stop() {
    contestant.shutdownNow();
  }

  @Test
  void each_client_has_one_call_under_way_and_every_call_is_counted() throws Exception {
    Measurement measured = run(this::answered);
    assertThat(measured.accepted()).isEqualTo(calls.get()).isPositive();
    assertThat(measured.errors()).isZero();
    assertThat(mostUnderWay.get()).isLessThanOrEqualTo(CLIENTS);
    assertThat(underWay.get()).isZero();
  }

  @Test
  void failures_are_counted_whether_they_come_later_or_at_once() throws Exception {
    Measurement measured =
        run(
            () -> {
              int call = calls.getAndIncrement();
              if (call % 3 == 0) {
                throw new IllegalStateException("refused at once");
              }
              return call % 3 == 1
                  ? CompletableFuture.failedFuture(new IllegalStateException("refused later"))
                  : CompletableFuture.completedFuture("done");
            });
    assertThat(measured.accepted() + measured.errors()).isEqualTo(calls.get());
    assertThat(measured.errors()).isEqualTo((calls.get() + 2) / 3 + (calls.get() + 1) / 3);
    assertThat(measured.firstError()).contains("refused");
  }

  private CompletionStage<String> answered() {
    calls.incrementAndGet();
    mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
    return CompletableFuture.supplyAsync(
        () -> {
          underWay.decrementAndGet();
          return "done";
        },
        contestant);
  }

  private static Measurement run(Supplier<CompletionStage<String>> call) throws Exception {
    return new AsyncLoad(call).run(CLIENTS, Duration.ofMillis(200));
  }
}
