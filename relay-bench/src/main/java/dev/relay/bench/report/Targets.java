package dev.relay.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** What Relay has to reach, as the issues of the project set it. */
final class Targets {
  /** Names under which Relay's contestants appear. */
  static final String HTTP = "relay-http";

  static final String CONSUMERS = "relay-consumers";
  static final String LIBRARY = "relay-library";

  static final String SPREAD = "relay-spread";
  static final String HOT = "relay-hot";

  private static final double TIMES_B = 4;
  private static final double TIMES_B_WITH_CONSUMERS = 2;
  private static final double P99_OF_B = 0.5;
  private static final double LATENCY_OF_B_ALONE = 1.3;
  private static final double OF_GROUP_COMMIT = 0.5;
  private static final double OF_SPREAD_KEYS = 0.5;
  private static final double HEAP_MEGABYTES = 512;
  private static final double MEGABYTE = 1024.0 * 1024.0;

  /** A backlog of what arrives in one second is work under way, not work left behind. */
  private static final double BACKLOG_SECONDS = 1;

  private static final int DELIVERIES_A_TURN = 2;
  private static final double SUSTAINED_SECONDS = 60;

  private final RoundsBook book;

  Targets(RoundsBook book) {
    this.book = book;
  }

  List<Verdict> of(Rounds rounds) {
    List<Verdict> verdicts = new ArrayList<>();
    switch (rounds.contestant()) {
      case HTTP -> http(rounds, TIMES_B, verdicts);
      case CONSUMERS -> {
        http(rounds, TIMES_B_WITH_CONSUMERS, verdicts);
        keepingUp(rounds, verdicts);
      }
      case LIBRARY ->
          book.timesGroupCommit(rounds)
              .ifPresent(found -> verdicts.add(Verdict.atLeast(OF_GROUP_COMMIT, "c", found)));
      case HOT ->
          against(SPREAD, rounds, result -> result.measured().turnsPerSecond())
              .ifPresent(found -> verdicts.add(Verdict.atLeast(OF_SPREAD_KEYS, SPREAD, found)));
      default -> {
        return verdicts;
      }
    }
    double heap = rounds.highest(result -> result.heap().committed() / MEGABYTE);
    verdicts.add(new Verdict("heap ≤ 512 MB", heap, heap <= HEAP_MEGABYTES));
    return verdicts;
  }

  private void http(Rounds rounds, double timesB, List<Verdict> verdicts) {
    if (rounds.clients() == 1) {
      againstB(rounds, result -> result.measured().latency().p50())
          .ifPresent(found -> verdicts.add(Verdict.atMost(LATENCY_OF_B_ALONE, "b's p50", found)));
      return;
    }
    againstB(rounds, result -> result.measured().turnsPerSecond())
        .ifPresent(found -> verdicts.add(Verdict.atLeast(timesB, "b", found)));
    againstB(rounds, result -> result.measured().latency().p99())
        .ifPresent(found -> verdicts.add(Verdict.atMost(P99_OF_B, "b's p99", found)));
  }

  private OptionalDouble againstB(Rounds rounds, ToDoubleFunction<Result> figure) {
    return against("b", rounds, figure);
  }

  private OptionalDouble against(
      String contestant, Rounds rounds, ToDoubleFunction<Result> figure) {
    return book.find(contestant, rounds.clients())
        .map(other -> rounds.ratio(other, figure))
        .orElse(OptionalDouble.empty());
  }

  private static void keepingUp(Rounds rounds, List<Verdict> verdicts) {
    double seconds =
        rounds.highest(
            result ->
                result.backlog() == null
                    ? Double.NaN
                    : result.backlog().after()
                        / (result.measured().turnsPerSecond() * DELIVERIES_A_TURN));
    verdicts.add(new Verdict("backlog ≤ 1 s of deliveries", seconds, seconds <= BACKLOG_SECONDS));
    double sustained = rounds.lowest(result -> result.measured().seconds());
    verdicts.add(
        new Verdict("sustained 60 s (--seconds)", sustained, sustained >= SUSTAINED_SECONDS));
  }
}
