package dev.relay.bench.contestant;

import dev.relay.bench.load.CountedLoad;
import dev.relay.bench.load.Measurement;
import dev.relay.bench.load.Since;
import dev.relay.bench.load.Workload;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Sends so many messages and looks at Relay's tables after a quarter, a half and all of them. What
 * is dead is what vacuum hasn't taken yet: it must not grow with the number of messages.
 */
final class GrowthLoad implements Workload {
  private static final long MESSAGES = Long.getLong("bench.messages", 1_000_000);

  private static final String TABLES =
      """
      SELECT CASE WHEN t.relname LIKE 'journal%' THEN 'journal'
                  WHEN t.relname LIKE 'requests%' THEN 'requests' ELSE t.relname END AS name,
             sum(pg_total_relation_size(t.relid)) AS bytes,
             sum(pg_indexes_size(t.relid)) AS indexes,
             sum(t.n_dead_tup) AS dead, sum(t.n_tup_ins) AS inserted,
             sum(t.autovacuum_count) AS vacuums
        FROM pg_stat_user_tables AS t
       WHERE t.schemaname = 'relay'
       GROUP BY 1 HAVING sum(pg_total_relation_size(t.relid)) > 100 * 1024 ORDER BY 1
      """;

  private final Supplier<CompletableFuture<Since>> call;
  private final Database database;

  GrowthLoad(Supplier<CompletableFuture<Since>> call, Database database) {
    this.call = call;
    this.database = database;
  }

  @Override
  public Measurement run(int clients, Duration ignored) throws Exception {
    List<String> notes = new ArrayList<>();
    CountedLoad load = new CountedLoad(call);
    long done = 0;
    for (int quarters : new int[] {1, 2, 4}) {
      long until = MESSAGES * quarters / 4;
      load.run(clients, until - done);
      done = until;
      notes.addAll(tables(done));
    }
    return load.measurement(clients, notes);
  }

  private List<String> tables(long messages) throws SQLException {
    List<String> lines = new ArrayList<>();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(TABLES)) {
      while (row.next()) {
        lines.add(
            String.format(
                Locale.ROOT,
                "after %,11d messages  %-14s %8.1f MB (indexes %7.1f)  %,9d dead  %,12d written"
                    + "  %3d vacuums",
                messages,
                row.getString("name"),
                row.getLong("bytes") / 1e6,
                row.getLong("indexes") / 1e6,
                row.getLong("dead"),
                row.getLong("inserted"),
                row.getLong("vacuums")));
      }
    }
    return lines;
  }
}
