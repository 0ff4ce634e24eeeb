package dev.relay.bench;

import dev.relay.bench.contestant.Contestant;
import dev.relay.bench.contestant.Database;
import dev.relay.bench.machine.CpuTimes;
import dev.relay.bench.process.ContestantProcess;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The meters as they stand at one moment; two of them bound a phase.
 *
 * @param backlog null for a contestant that consumes no deliveries
 */
record Readings(
    CpuTimes processes,
    CpuTimes postgres,
    CpuTimes threads,
    long commits,
    long writes,
    long walBytes,
    @Nullable Long backlog) {
  private static final String COMMITS =
      "SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()";

  /** Transactions get a number when they write. */
  private static final String WRITES =
      "SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint";

  private static final String WAL_BYTES =
      "SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint";

  static Readings take(
      Contestant contestant, ContestantProcess process, PostgresServer server, Database database)
      throws SQLException {
    Long backlog =
        contestant.backlogQuery().isPresent()
            ? PostgresServer.number(database, contestant.backlogQuery().get())
            : null;
    return new Readings(
        CpuTimes.ofProcesses(process.pids(), server.pid()),
        CpuTimes.ofPostgres(server.pid()),
        CpuTimes.ofThreads(process.nodePid()),
        PostgresServer.number(database, COMMITS),
        PostgresServer.number(database, WRITES),
        PostgresServer.number(database, WAL_BYTES),
        backlog);
  }
}
