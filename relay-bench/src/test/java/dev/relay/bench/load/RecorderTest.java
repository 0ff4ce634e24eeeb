package dev.relay.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class RecorderTest {
  private static final long SECOND = 1_000_000_000;
  private static final long START = almostOverflowing();

  private final Recorder recorder = new Recorder(START, Duration.ofSeconds(3));

  @Test
  void turns_are_counted_in_the_second_in_which_they_are_answered() {
    recorder.success(START, START + SECOND / 2, 1);
    recorder.success(START, START + SECOND, 50);
    recorder.success(START, START + 3 * SECOND - 1, 1);
    Measurement measured = recorder.measurement(7);
    assertThat(measured.perSecond()).containsExactly(1L, 50L, 1L);
    assertThat(measured.turns()).isEqualTo(52);
    assertThat(measured.turnsPerSecond()).isEqualTo(52 / 3.0);
    assertThat(measured.clients()).isEqualTo(7);
  }

  @Test
  void an_answer_after_the_phase_is_accepted_but_not_measured() {
    recorder.success(START, START + 3 * SECOND, 1);
    Measurement measured = recorder.measurement(1);
    assertThat(measured.turns()).isZero();
    assertThat(measured.accepted()).isEqualTo(1);
  }

  @Test
  void quantiles_are_those_of_what_was_recorded() {
    for (int i = 1; i <= 1_000; i++) {
      recorder.success(START, START + i * 1_000_000L, 1);
    }
    Latency latency = recorder.measurement(1).latency();
    assertThat(latency.p50()).isCloseTo(500, Percentage.withPercentage(0.2));
    assertThat(latency.p99()).isCloseTo(990, Percentage.withPercentage(0.2));
    assertThat(latency.max()).isCloseTo(1_000, Percentage.withPercentage(0.2));
  }

  @Test
  void recorders_of_several_threads_add_up() {
    Recorder other = new Recorder(START, Duration.ofSeconds(3));
    other.success(START, START + SECOND, 2);
    other.error("HTTP 503");
    recorder.success(START, START + SECOND, 1);
    recorder.merge(other);
    Measurement measured = recorder.measurement(2);
    assertThat(measured.turns()).isEqualTo(3);
    assertThat(measured.errors()).isEqualTo(1);
    assertThat(measured.firstError()).isEqualTo("HTTP 503");
    assertThat(measured.perSecond()).containsExactly(0L, 3L, 0L);
  }

  /** The value of nanoTime is arbitrary and may overflow within a phase. */
  private static long almostOverflowing() {
    return Long.MAX_VALUE - 5;
  }
}
