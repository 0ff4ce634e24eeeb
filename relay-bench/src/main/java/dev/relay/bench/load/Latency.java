package dev.relay.bench.load;

import org.HdrHistogram.Histogram;

/** Quantiles of the time from sending a request to holding its whole answer, in milliseconds. */
public record Latency(double p50, double p90, double p99, double p999, double max, double mean) {
  static Latency of(Histogram micros) {
    return new Latency(
        micros.getValueAtPercentile(50) / 1000.0,
        micros.getValueAtPercentile(90) / 1000.0,
        micros.getValueAtPercentile(99) / 1000.0,
        micros.getValueAtPercentile(99.9) / 1000.0,
        micros.getMaxValue() / 1000.0,
        micros.getMean() / 1000.0);
  }
}
