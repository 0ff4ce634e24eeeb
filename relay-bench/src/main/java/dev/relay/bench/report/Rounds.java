package dev.relay.bench.report;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** The same contestant with the same number of clients, in every round. */
record Rounds(String contestant, int clients, List<Result> results) {
  double median(ToDoubleFunction<Result> figure) {
    return median(results.stream().mapToDouble(figure).toArray());
  }

  double lowest(ToDoubleFunction<Result> figure) {
    return results.stream().mapToDouble(figure).min().orElse(Double.NaN);
  }

  double highest(ToDoubleFunction<Result> figure) {
    return results.stream().mapToDouble(figure).max().orElse(Double.NaN);
  }

  /**
   * This figure against the other's of the same round, median over the rounds: what slows the
   * machine down for a while slows both. Empty when no round has both.
   */
  OptionalDouble ratio(Rounds other, ToDoubleFunction<Result> figure) {
    double[] ratios =
        results.stream()
            .flatMapToDouble(
                mine ->
                    other.results.stream()
                        .filter(theirs -> theirs.round() == mine.round())
                        .mapToDouble(
                            theirs -> figure.applyAsDouble(mine) / figure.applyAsDouble(theirs)))
            .filter(Double::isFinite)
            .toArray();
    return ratios.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(median(ratios));
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    if (sorted.length == 0) {
      return Double.NaN;
    }
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
