package dev.relay.bench.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * A run as a report: a line for each contestant and number of clients, and what was found to be
 * wrong. It informs; it never fails a build.
 *
 * @param lines medians over the rounds
 * @param problems sentences about lost rows, errors and contestants that could not be measured
 */
public record Report(Findings findings, List<Line> lines, List<String> problems) {
  private static final int TEN_SECONDS = 10;
  private static final double MEGABYTE = 1024.0 * 1024.0;

  public static Report of(Findings findings) {
    RoundsBook book = new RoundsBook(findings.results(), List.copyOf(findings.titles().keySet()));
    Targets targets = new Targets(book);
    List<Line> lines =
        book.all().stream().map(rounds -> line(rounds, book, targets.of(rounds))).toList();
    return new Report(findings, lines, Problems.of(findings, lines));
  }

  private static Line line(Rounds rounds, RoundsBook book, List<Verdict> verdicts) {
    ToDoubleFunction<Result> turns = result -> result.measured().turnsPerSecond();
    double perSecond = rounds.median(turns);
    Map<String, Double> cores = cores(rounds);
    return new Line(
        rounds.contestant(),
        rounds.clients(),
        perSecond,
        rounds.lowest(turns),
        rounds.highest(turns),
        rounds.lowest(result -> slowestTenSeconds(result.measured().perSecond())),
        rounds.median(result -> result.measured().latency().p50()),
        rounds.median(result -> result.measured().latency().p99()),
        rounds.results().stream().mapToLong(result -> result.measured().errors()).sum(),
        firstError(rounds),
        timesB(rounds, book, turns),
        boxed(book.timesGroupCommit(rounds)),
        cores,
        microsPerTurn(cores, perSecond),
        rounds.median(result -> ratio(result.measured().turns(), result.commits())),
        rounds.median(result -> ratio(result.writes(), result.measured().turns())),
        rounds.median(result -> ratio(result.walBytes(), result.measured().turns())),
        rounds.highest(result -> result.heap().live() / MEGABYTE),
        rounds.highest(result -> result.heap().committed() / MEGABYTE),
        rounds.highest(result -> result.peakResident() / MEGABYTE),
        backlogAfter(rounds),
        verdicts);
  }

  private static @Nullable Double timesB(
      Rounds rounds, RoundsBook book, ToDoubleFunction<Result> turns) {
    if (rounds.contestant().startsWith("c")) {
      return null; // its clients are connections that carry fifty turns each
    }
    return book.find("b", rounds.clients()).map(b -> boxed(rounds.ratio(b, turns))).orElse(null);
  }

  private static @Nullable Double boxed(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }

  private static @Nullable String firstError(Rounds rounds) {
    return rounds.results().stream()
        .map(result -> result.measured().firstError())
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private static @Nullable Long backlogAfter(Rounds rounds) {
    return rounds.results().stream()
        .map(Result::backlog)
        .filter(Objects::nonNull)
        .map(Result.Backlog::after)
        .max(Long::compare)
        .orElse(null);
  }

  private static Map<String, Double> cores(Rounds rounds) {
    Map<String, Double> cores = new LinkedHashMap<>();
    for (String name : rounds.results().get(0).cores().keySet()) {
      cores.put(name, rounds.median(result -> result.cores().getOrDefault(name, 0.0)));
    }
    return cores;
  }

  private static Map<String, Double> microsPerTurn(Map<String, Double> cores, double turns) {
    Map<String, Double> micros = new LinkedHashMap<>();
    cores.forEach((name, busy) -> micros.put(name, busy * 1e6 / turns));
    return micros;
  }

  private static double ratio(double a, double b) {
    return b == 0 ? Double.NaN : a / b;
  }

  static double slowestTenSeconds(List<Long> perSecond) {
    int window = Math.min(TEN_SECONDS, perSecond.size());
    return LongStream.rangeClosed(0, perSecond.size() - window)
        .mapToDouble(
            from ->
                perSecond.subList((int) from, (int) from + window).stream()
                    .mapToLong(Long::longValue)
                    .average()
                    .orElse(0))
        .min()
        .orElse(Double.NaN);
  }
}
