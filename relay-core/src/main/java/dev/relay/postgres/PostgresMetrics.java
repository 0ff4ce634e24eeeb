package dev.relay.postgres;

import dev.relay.find.Column;
import dev.relay.find.Indexes;
import dev.relay.message.Json;
import dev.relay.metric.Metric;
import dev.relay.metric.Sample;
import dev.relay.store.MetricStore;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import tools.jackson.databind.JsonNode;

/** Business metrics in Postgres. Thread-safe. */
final class PostgresMetrics implements MetricStore {
  private static final String PATIENCE = "SET LOCAL lock_timeout = '5s'";

  /** Waited for, as who asks wants to hear of what another node is about to count. */
  private static final String ONE_AT_A_TIME =
      "SELECT pg_advisory_xact_lock(hashtext('relay.metrics'))";

  /** lock_not_available: somebody counts for longer than anybody waits. */
  private static final String WAITED_TOO_LONG = "55P03";

  private static final String FORGET =
      "DELETE FROM relay.metrics WHERE actor = ? AND NOT (name || ' ' || definition = ANY (?))";

  private static final String DECLARE =
      "INSERT INTO relay.metrics (actor, name, definition) VALUES (?, ?, ?) ON CONFLICT DO NOTHING";

  private static final String READ =
      "SELECT actor, name, labels, value FROM relay.metric_values ORDER BY 1, 2, 3";

  private static final String CLEAR =
      "DELETE FROM relay.metric_values WHERE actor = ? AND name = ?";

  private static final String SET =
      """
      INSERT INTO relay.metric_values (actor, name, labels, value)
      SELECT ?, ?, ?, ? WHERE EXISTS (
        SELECT FROM relay.metrics WHERE actor = ? AND name = ? AND definition = ?)
      """;

  private static final String NUMBER =
      "SELECT number FROM relay.indexes WHERE actor = ? AND fingerprint = ? AND filled";

  private final DataSource dataSource;

  PostgresMetrics(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  @Override
  public void declare(String actor, List<Metric> metrics) {
    inTransaction(
        connection -> {
          List<String> wanted = new ArrayList<>();
          metrics.forEach(metric -> wanted.add(metric.name() + " " + metric.text()));
          try (PreparedStatement statement = connection.prepareStatement(FORGET)) {
            statement.setString(1, actor);
            statement.setArray(2, connection.createArrayOf("text", wanted.toArray()));
            statement.executeUpdate();
          }
          for (Metric metric : metrics) {
            execute(connection, DECLARE, actor, metric.name(), metric.text());
          }
          return true;
        });
  }

  @Override
  public boolean count(List<Metric> ofEvents) {
    return !ofEvents.isEmpty()
        && inTransaction(
            connection -> {
              awaitTurn(connection);
              return new MetricCount(connection, ofEvents).batch();
            });
  }

  @Override
  public void measure(List<Metric> ofInstances, Indexes indexes) {
    if (!ofInstances.isEmpty()) {
      inTransaction(
          connection -> {
            awaitTurn(connection);
            long number = number(connection, indexes);
            for (Metric metric : number == 0 ? List.<Metric>of() : ofInstances) {
              measure(connection, metric, new IndexSql(indexes, number), indexes);
            }
            return true;
          });
    }
  }

  private static void measure(Connection connection, Metric metric, IndexSql names, Indexes indexes)
      throws SQLException {
    List<String> columns = new ArrayList<>();
    for (String label : metric.labels()) {
      columns.add("coalesce(" + names.column(column(indexes, label)) + "::text, '')");
    }
    String sum = metric.sum();
    String value =
        sum == null ? "count(*)" : "coalesce(sum(" + names.column(column(indexes, sum)) + "), 0)";
    String by = columns.isEmpty() ? "" : " GROUP BY " + String.join(", ", columns);
    columns.add(value);
    String query =
        "SELECT %s FROM %s%s ORDER BY %d DESC LIMIT %d"
            .formatted(
                String.join(", ", columns), names.table(), by, columns.size(), Metric.MOST_SERIES);
    execute(connection, CLEAR, metric.actor(), metric.name());
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query);
        PreparedStatement set = connection.prepareStatement(SET)) {
      while (rows.next()) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (String label : metric.labels()) {
          labels.put(label, MetricCount.shortened(rows.getString(labels.size() + 1)));
        }
        bind(set, metric.actor(), metric.name(), Json.mapper().writeValueAsString(labels));
        set.setBigDecimal(4, rows.getBigDecimal(columns.size()));
        set.setString(5, metric.actor());
        set.setString(6, metric.name());
        set.setString(7, metric.text());
        set.addBatch();
      }
      set.executeBatch();
    }
  }

  private static Column column(Indexes indexes, String text) {
    return indexes.column(text).orElseThrow(() -> new IllegalStateException(text));
  }

  private static long number(Connection connection, Indexes indexes) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(NUMBER)) {
      bind(statement, indexes.actor(), indexes.fingerprint());
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? rows.getLong(1) : 0;
      }
    }
  }

  @Override
  public List<Sample> read() {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(READ)) {
      List<Sample> samples = new ArrayList<>();
      while (rows.next()) {
        Map<String, String> labels = new LinkedHashMap<>();
        JsonNode stored = Json.mapper().readTree(rows.getString(3));
        stored.properties().forEach(each -> labels.put(each.getKey(), each.getValue().asString()));
        BigDecimal value = rows.getBigDecimal(4);
        samples.add(new Sample(rows.getString(1), rows.getString(2), labels, value));
      }
      return samples;
    } catch (SQLException failure) {
      throw SqlFailure.reading(failure);
    }
  }

  private static void awaitTurn(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(PATIENCE);
      statement.execute(ONE_AT_A_TIME);
    }
  }

  private static void execute(Connection connection, String sql, String... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, values);
      statement.executeUpdate();
    }
  }

  private static void bind(PreparedStatement statement, String... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setString(i + 1, values[i]);
    }
  }

  private boolean inTransaction(Transaction.Step step) {
    try {
      return Transaction.run(dataSource, step);
    } catch (SQLException failure) {
      if (WAITED_TOO_LONG.equals(failure.getSQLState())) {
        return false;
      }
      throw SqlFailure.reading(failure);
    }
  }
}
