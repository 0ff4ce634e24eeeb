package shoppers;

import java.time.Duration;
import java.util.Arrays;

/** Times that things took. Thread-safe. */
final class Timings {
  private long[] micros = new long[1024];
  private int size;

  synchronized void took(long nanos) {
    if (size == micros.length) {
      micros = Arrays.copyOf(micros, size * 2);
    }
    micros[size++] = nanos / 1_000;
  }

  synchronized int count() {
    return size;
  }

  /** The time that this part of them took at most; zero where there are none. */
  synchronized Duration quantile(double part) {
    long[] sorted = Arrays.copyOf(micros, size);
    Arrays.sort(sorted);
    int at = Math.min(size - 1, (int) Math.ceil(part * size) - 1);
    return size == 0 ? Duration.ZERO : Duration.ofNanos(sorted[Math.max(0, at)] * 1_000);
  }
}
