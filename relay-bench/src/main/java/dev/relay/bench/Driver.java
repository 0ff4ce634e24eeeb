package dev.relay.bench;

import dev.relay.bench.contestant.Contestant;
import dev.relay.bench.machine.MachineFacts;
import dev.relay.bench.report.Findings;
import dev.relay.bench.report.Findings.Failed;
import dev.relay.bench.report.Findings.RowCheck;
import dev.relay.bench.report.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs a plan: all contestants of a round one after the other, then the next round, so that what
 * slows a noisy machine for a while doesn't hit one contestant alone.
 */
final class Driver {
  private final Plan plan;
  private final List<Result> results = new ArrayList<>();
  private final List<RowCheck> rows = new ArrayList<>();
  private final List<Failed> failed = new ArrayList<>();

  Driver(Plan plan) {
    this.plan = plan;
  }

  Findings run() throws IOException, SQLException {
    Files.createDirectories(plan.logs());
    Progress.starting(plan);
    try (PostgresServer server = PostgresServer.start(plan.folder().resolve("postgres"))) {
      Map<String, String> machine = machine(server);
      for (int round = 1; round <= plan.rounds(); round++) {
        for (Contestant contestant : plan.contestants()) {
          run(contestant, round, server);
        }
      }
      return new Findings(machine, titles(), results, rows, failed);
    }
  }

  /** A contestant that can't be measured is told in the report; the others go on. */
  private void run(Contestant contestant, int round, PostgresServer server) {
    try {
      ContestantRun.Outcome outcome = ContestantRun.of(plan, contestant, round, server);
      results.addAll(outcome.results());
      outcome.rows().ifPresent(rows::add);
    } catch (IOException | SQLException | RuntimeException e) {
      failed.add(new Failed(contestant.name(), round, String.valueOf(e.getMessage())));
      Progress.failed(contestant.name(), round, e);
    }
  }

  private static Map<String, String> machine(PostgresServer server)
      throws IOException, SQLException {
    try (Connection connection = server.connect()) {
      return MachineFacts.of(connection, server.data());
    }
  }

  private Map<String, String> titles() {
    Map<String, String> titles = new LinkedHashMap<>();
    plan.contestants().forEach(one -> titles.put(one.name(), one.title()));
    return titles;
  }
}
