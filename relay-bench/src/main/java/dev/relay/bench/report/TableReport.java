package dev.relay.bench.report;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The report for people. */
public final class TableReport {
  private static final String NONE = "-";

  private final Report report;

  public TableReport(Report report) {
    this.report = report;
  }

  @Override
  public String toString() {
    String nl = System.lineSeparator();
    StringBuilder text = new StringBuilder();
    text.append(facts()).append(nl).append(nl);
    report.findings().titles().forEach((name, title) -> text.append(aligned(name, title)));
    text.append(nl).append(speed()).append(nl);
    text.append("Where the processor time went (cores kept busy; microseconds a turn)").append(nl);
    text.append(processors()).append(nl);
    text.append(memory());
    for (Result result : report.findings().results()) {
      for (String note : result.measured().notes()) {
        text.append(nl).append(result.contestant()).append("  ").append(note);
      }
      text.append(result.measured().notes().isEmpty() ? "" : nl);
      if (result.profile() != null) {
        text.append(nl).append(new ProfileText(result, result.profile()));
      }
    }
    report.problems().forEach(problem -> text.append(nl).append("! ").append(problem));
    return text.append(report.problems().isEmpty() ? "" : nl).toString();
  }

  private String facts() {
    return report.findings().machine().entrySet().stream()
        .map(fact -> fact.getKey() + " " + fact.getValue())
        .collect(Collectors.joining(" · "));
  }

  private static String aligned(String name, String title) {
    return String.format(Locale.ROOT, "%-16s %s%n", name, title);
  }

  private TextTable speed() {
    TextTable table =
        new TextTable(
            "contestant",
            "clients",
            "turns/s",
            "rounds",
            "slowest 10 s",
            "p50 ms",
            "p99 ms",
            "errors",
            "× b",
            "× c",
            "verdict");
    for (Line line : report.lines()) {
      table.row(
          line.contestant(),
          whole(line.clients()),
          whole(line.turns()),
          whole(line.slowest()) + "–" + whole(line.fastest()),
          whole(line.slowestTenSeconds()),
          decimals(line.p50()),
          decimals(line.p99()),
          whole(line.errors()),
          decimals(line.timesB()),
          decimals(line.timesC()),
          verdict(line));
    }
    return table;
  }

  private static String verdict(Line line) {
    return line.verdicts().stream().map(Verdict::toString).collect(Collectors.joining(", "));
  }

  private TextTable processors() {
    TextTable table =
        new TextTable(
            "contestant",
            "clients",
            "node",
            "postgres",
            "load",
            "machine",
            "stolen",
            "node µs",
            "postgres µs",
            "load µs",
            "turns/commit",
            "writes/turn",
            "WAL B/turn",
            "");
    for (Line line : report.lines()) {
      Map<String, Double> cores = line.cores();
      Map<String, Double> micros = line.microsPerTurn();
      table.row(
          line.contestant(),
          whole(line.clients()),
          decimals(cores.get("node")),
          decimals(cores.get("postgres")),
          decimals(cores.get("load")),
          decimals(cores.get("machine")),
          decimals(cores.get("stolen")),
          whole(micros.get("node")),
          whole(micros.get("postgres")),
          whole(micros.get("load")),
          decimals(line.turnsPerCommit()),
          decimals(line.writesPerTurn()),
          whole(line.walBytesPerTurn()),
          "");
    }
    return table;
  }

  private TextTable memory() {
    TextTable table =
        new TextTable(
            "contestant",
            "clients",
            "heap live MB",
            "heap committed MB",
            "resident MB",
            "backlog",
            "");
    for (Line line : report.lines()) {
      table.row(
          line.contestant(),
          whole(line.clients()),
          whole(line.heapLiveMegabytes()),
          whole(line.heapCommittedMegabytes()),
          whole(line.residentMegabytes()),
          line.backlogAfter() == null ? NONE : whole(line.backlogAfter()),
          "");
    }
    return table;
  }

  private static String whole(@Nullable Number value) {
    return value == null || !Double.isFinite(value.doubleValue())
        ? NONE
        : String.format(Locale.ROOT, "%,d", Math.round(value.doubleValue()));
  }

  private static String decimals(@Nullable Double value) {
    return value == null || !Double.isFinite(value)
        ? NONE
        : String.format(Locale.ROOT, "%,.2f", value);
  }
}
