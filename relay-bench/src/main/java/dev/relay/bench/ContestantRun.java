package dev.relay.bench;

import dev.relay.bench.contestant.Contestant;
import dev.relay.bench.contestant.Database;
import dev.relay.bench.load.Carts;
import dev.relay.bench.load.Measurement;
import dev.relay.bench.machine.Memory;
import dev.relay.bench.machine.Profile;
import dev.relay.bench.process.ContestantProcess;
import dev.relay.bench.report.Findings.RowCheck;
import dev.relay.bench.report.Result;
import dev.relay.bench.report.Result.Backlog;
import dev.relay.bench.report.Result.ProfiledNode;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** One contestant in one round: warmed up, measured with each number of clients, checked. */
final class ContestantRun {
  private final Plan plan;
  private final Contestant contestant;
  private final int round;
  private final PostgresServer server;
  private final Database database;
  private final ContestantProcess process;
  private final List<Result> results = new ArrayList<>();
  private long accepted;

  private ContestantRun(
      Plan plan,
      Contestant contestant,
      int round,
      PostgresServer server,
      Database database,
      ContestantProcess process) {
    this.plan = plan;
    this.contestant = contestant;
    this.round = round;
    this.server = server;
    this.database = database;
    this.process = process;
  }

  /** What a contestant's round gave; {@code rows} is empty where rows can't be counted. */
  record Outcome(List<Result> results, Optional<RowCheck> rows) {}

  static Outcome of(Plan plan, Contestant contestant, int round, PostgresServer server)
      throws IOException, SQLException {
    String name = "bench_" + contestant.name().replace('-', '_') + "_" + round;
    Database database = server.create(name);
    try {
      ContestantRun run;
      try (ContestantProcess process =
          ContestantProcess.start(
              contestant, database, new Carts(plan.carts()), plan.nodeOptions(), plan.logs())) {
        run = new ContestantRun(plan, contestant, round, server, database, process);
        run.measureAll();
      }
      return new Outcome(run.results, run.rowCheck());
    } finally {
      server.drop(name);
    }
  }

  private void measureAll() throws IOException, SQLException {
    List<Integer> clients = contestant.clients(plan.clients());
    int most = clients.stream().mapToInt(Integer::intValue).max().orElse(1);
    if (!contestant.byCount()) {
      accepted += process.run(most, plan.warmup()).accepted();
    }
    for (int count : clients) {
      if (!contestant.byCount()) {
        accepted += process.run(count, plan.settle()).accepted();
      }
      Result result = measure(count);
      accepted += result.measured().accepted();
      results.add(result);
      Progress.measured(result);
    }
  }

  private Result measure(int clients) throws IOException, SQLException {
    if (plan.profile()) {
      process.startProfile();
    }
    Readings before = read();
    Measurement measured = process.run(clients, plan.length());
    Readings after = read();
    ProfiledNode profile = plan.profile() ? profile(clients, before, after) : null;
    return new Result(
        contestant.name(),
        round,
        measured,
        after.processes().coresSince(before.processes()),
        after.postgres().coresSince(before.postgres()),
        after.commits() - before.commits(),
        after.writes() - before.writes(),
        after.walBytes() - before.walBytes(),
        process.memory(),
        Memory.peakResident(process.nodePid()),
        before.backlog() == null
            ? null
            : new Backlog(before.backlog(), Objects.requireNonNull(after.backlog())),
        profile);
  }

  private Readings read() throws SQLException {
    return Readings.take(contestant, process, server, database);
  }

  private ProfiledNode profile(int clients, Readings before, Readings after) throws IOException {
    Path file = plan.folder().resolve("%s-%d-%d.jfr".formatted(contestant.name(), clients, round));
    process.endProfile(file);
    return new ProfiledNode(Profile.read(file), after.threads().coresSince(before.threads()));
  }

  private Optional<RowCheck> rowCheck() throws SQLException {
    if (contestant.writtenQuery().isEmpty()) {
      return Optional.empty();
    }
    long written = PostgresServer.number(database, contestant.writtenQuery().get());
    return Optional.of(new RowCheck(contestant.name(), round, accepted, written));
  }
}
