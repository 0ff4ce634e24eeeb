package dev.relay.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What makes a run's figures doubtful, a sentence each. */
final class Problems {
  private Problems() {}

  static List<String> of(Findings findings, List<Line> lines) {
    List<String> problems = new ArrayList<>();
    for (Findings.Failed failed : findings.failed()) {
      problems.add(
          "%s was not measured in round %d: %s"
              .formatted(failed.contestant(), failed.round(), failed.why()));
    }
    for (Findings.RowCheck check : findings.rows()) {
      if (!check.equal()) {
        problems.add(
            String.format(
                Locale.ROOT,
                "%s acknowledged %,d turns in round %d, but %,d are in the database",
                check.contestant(),
                check.accepted(),
                check.round(),
                check.written()));
      }
    }
    for (Line line : lines) {
      if (line.errors() > 0) {
        problems.add(
            String.format(
                Locale.ROOT,
                "%s with %d clients had %,d errors, the first: %s",
                line.contestant(),
                line.clients(),
                line.errors(),
                line.firstError()));
      }
    }
    return problems;
  }
}
