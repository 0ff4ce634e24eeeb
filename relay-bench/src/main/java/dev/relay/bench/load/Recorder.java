package dev.relay.bench.load;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Counts and times the answers of one phase. Not safe for use by several threads: each thread has
 * its own, and they are merged at the end.
 */
final class Recorder {
  private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(1);

  private final long start;
  private final long nanos;
  private final Histogram micros = new Histogram(1, LONGEST_MICROS, 3);
  private final long[] perSecond;
  private long turns;
  private long accepted;
  private long errors;
  private @Nullable String firstError;

  /** A phase of this length that starts at this value of {@link System#nanoTime()}. */
  Recorder(long start, Duration length) {
    this.start = start;
    this.nanos = length.toNanos();
    this.perSecond = new long[(int) Math.max(1, (nanos + 999_999_999) / 1_000_000_000)];
  }

  boolean over(long now) {
    return now - start >= nanos;
  }

  void success(long sent, long now, int turnsDone) {
    accepted += turnsDone;
    if (over(now)) {
      return;
    }
    turns += turnsDone;
    micros.recordValue(Math.min(Math.max(1, (now - sent) / 1_000), LONGEST_MICROS));
    perSecond[(int) ((now - start) / 1_000_000_000)] += turnsDone;
  }

  void error(String what) {
    errors++;
    if (firstError == null) {
      firstError = what;
    }
  }

  /** Takes over what another recorder of the same phase has counted. */
  void merge(Recorder other) {
    turns += other.turns;
    accepted += other.accepted;
    errors += other.errors;
    firstError = firstError == null ? other.firstError : firstError;
    micros.add(other.micros);
    Arrays.setAll(perSecond, second -> perSecond[second] + other.perSecond[second]);
  }

  Measurement measurement(int clients) {
    return measurement(clients, nanos / 1e9, List.of());
  }

  /** Of a phase that took another time than was planned, with what else was found. */
  Measurement measurement(int clients, double seconds, List<String> notes) {
    return new Measurement(
        clients,
        seconds,
        turns,
        accepted,
        errors,
        Latency.of(micros),
        Arrays.stream(perSecond).boxed().toList(),
        firstError,
        notes);
  }
}
