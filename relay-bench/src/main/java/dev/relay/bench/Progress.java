package dev.relay.bench;

import dev.relay.bench.report.Result;
import java.time.Duration;
import java.util.Locale;

/** What a run says while it runs: on standard error, for the report has standard output. */
final class Progress {
  private Progress() {}

  static void starting(Plan plan) {
    Duration estimate = plan.estimate();
    say(
        "%d contestants, %d rounds, about %d min %02d s; logs in %s",
        plan.contestants().size(),
        plan.rounds(),
        estimate.toMinutes(),
        estimate.toSecondsPart(),
        plan.logs());
  }

  static void measured(Result result) {
    say(
        "round %d  %-16s %4d clients  %,10.0f turns/s  p50 %.2f ms  p99 %.2f ms  %d errors",
        result.round(),
        result.contestant(),
        result.measured().clients(),
        result.measured().turnsPerSecond(),
        result.measured().latency().p50(),
        result.measured().latency().p99(),
        result.measured().errors());
  }

  static void failed(String contestant, int round, Exception cause) {
    say("round %d  %-16s failed: %s", round, contestant, cause.toString());
  }

  private static void say(String format, Object... values) {
    System.err.printf(Locale.ROOT, format + "%n", values);
  }
}
