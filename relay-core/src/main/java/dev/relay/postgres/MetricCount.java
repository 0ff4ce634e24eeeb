package dev.relay.postgres;

import dev.relay.message.Json;
import dev.relay.message.Message;
import dev.relay.message.MessageJson;
import dev.relay.metric.Metric;
import dev.relay.store.FeedPosition;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Counts one batch of the journal, from where the metric begins that is furthest behind. The caller
 * holds the lock and commits positions and values together.
 */
final class MetricCount {
  /** Turns that emitted something, of one batch. */
  private static final int BATCH = 2_000;

  /** Letters of a label; more is no label. */
  private static final int LONGEST_LABEL = 100;

  private static final String POSITIONS =
      "SELECT actor, name, definition, txid::text, seq FROM relay.metrics";

  // what nobody counts comes without its messages
  private static final String NEXT =
      """
      SELECT j.txid::text, j.seq,
             CASE WHEN EXISTS (SELECT FROM json_array_elements(j.emitted) AS m
                                WHERE m ->> 'type' = ANY (?)) THEN j.emitted END
        FROM relay.journal AS j
       WHERE (j.txid, j.seq) > (?::text::xid8, ?)
         AND j.txid < pg_snapshot_xmin(pg_current_snapshot())
         AND j.emitted IS NOT NULL
       ORDER BY j.txid, j.seq LIMIT %d
      """
          .formatted(BATCH);

  private static final String SERIES =
      "SELECT labels FROM relay.metric_values WHERE actor = ? AND name = ?";

  private static final String ADD =
      """
      INSERT INTO relay.metric_values AS t (actor, name, labels, value) VALUES (?, ?, ?, ?)
      ON CONFLICT (actor, name, labels) DO UPDATE SET value = t.value + excluded.value
      """;

  private static final String MOVE =
      """
      UPDATE relay.metrics SET txid = ?::text::xid8, seq = ?
       WHERE actor = ? AND name = ? AND (txid, seq) < (?::text::xid8, ?)
      """;

  private final Connection connection;
  private final List<Metric> metrics;
  private final Map<Metric, FeedPosition> positions = new LinkedHashMap<>();
  private final Map<Metric, Map<String, BigDecimal>> added = new LinkedHashMap<>();

  MetricCount(Connection connection, List<Metric> metrics) {
    this.connection = connection;
    this.metrics = metrics;
  }

  /** Counts; tells whether there may be more. */
  boolean batch() throws SQLException {
    readPositions();
    FeedPosition from = positions.values().stream().min(FeedPosition::compareTo).orElse(null);
    if (from == null) {
      return false;
    }
    FeedPosition last = null;
    int read = 0;
    String[] types =
        positions.keySet().stream().map(Metric::event).distinct().toArray(String[]::new);
    try (PreparedStatement statement = connection.prepareStatement(NEXT)) {
      statement.setArray(1, connection.createArrayOf("text", types));
      statement.setString(2, Long.toUnsignedString(from.transaction()));
      statement.setLong(3, from.seq());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          read++;
          last = new FeedPosition(Long.parseUnsignedLong(rows.getString(1)), rows.getLong(2), 0);
          count(rows.getString(3), last);
        }
      }
    }
    if (last != null) {
      write();
      move(last);
    }
    return read == BATCH;
  }

  private void readPositions() throws SQLException {
    Map<String, Metric> wanted = new HashMap<>();
    metrics.forEach(each -> wanted.put(each.actor() + " " + each.name() + " " + each.text(), each));
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(POSITIONS)) {
      while (rows.next()) {
        String name = rows.getString(1) + " " + rows.getString(2) + " " + rows.getString(3);
        Metric metric = wanted.get(name);
        if (metric != null) {
          long transaction = Long.parseUnsignedLong(rows.getString(4));
          positions.put(metric, new FeedPosition(transaction, rows.getLong(5), 0));
        }
      }
    }
  }

  private void count(@Nullable String emitted, FeedPosition at) {
    if (emitted == null) {
      return;
    }
    for (JsonNode each : Json.mapper().readTree(emitted)) {
      Message message = MessageJson.read(each);
      positions.forEach(
          (metric, position) -> {
            if (message.type().equals(metric.event()) && position.compareTo(at) < 0) {
              add(metric, message.payload());
            }
          });
    }
  }

  private void add(Metric metric, JsonNode payload) {
    String sum = metric.sum();
    JsonNode value = sum == null ? null : at(payload, sum);
    if (value != null && !value.isNumber()) {
      return; // an event without the amount adds nothing
    }
    Map<String, String> labels = new LinkedHashMap<>();
    for (String label : metric.labels()) {
      labels.put(label, shortened(at(payload, label).asString("")));
    }
    added
        .computeIfAbsent(metric, each -> new LinkedHashMap<>())
        .merge(
            Json.mapper().writeValueAsString(labels),
            value == null ? BigDecimal.ONE : value.decimalValue(),
            BigDecimal::add);
  }

  private static JsonNode at(JsonNode payload, String path) {
    JsonNode at = payload;
    for (String name : path.split("\\.", -1)) {
      at = at.path(name);
    }
    return at;
  }

  static String shortened(String label) {
    return label.length() <= LONGEST_LABEL ? label : label.substring(0, LONGEST_LABEL);
  }

  private void write() throws SQLException {
    for (Map.Entry<Metric, Map<String, BigDecimal>> each : added.entrySet()) {
      Metric metric = each.getKey();
      List<String> known = series(metric);
      Map<String, BigDecimal> bounded = new LinkedHashMap<>();
      each.getValue()
          .forEach(
              (labels, value) -> {
                boolean room = known.contains(labels) || known.size() < Metric.MOST_SERIES;
                String series = room ? labels : other(metric);
                if (!known.contains(series)) {
                  known.add(series);
                }
                bounded.merge(series, value, BigDecimal::add);
              });
      try (PreparedStatement statement = connection.prepareStatement(ADD)) {
        for (Map.Entry<String, BigDecimal> series : bounded.entrySet()) {
          statement.setString(1, metric.actor());
          statement.setString(2, metric.name());
          statement.setString(3, series.getKey());
          statement.setBigDecimal(4, series.getValue());
          statement.addBatch();
        }
        statement.executeBatch();
      }
    }
  }

  private static String other(Metric metric) {
    Map<String, String> labels = new LinkedHashMap<>();
    metric.labels().forEach(label -> labels.put(label, "other"));
    return Json.mapper().writeValueAsString(labels);
  }

  private List<String> series(Metric metric) throws SQLException {
    List<String> series = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(SERIES)) {
      statement.setString(1, metric.actor());
      statement.setString(2, metric.name());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          series.add(rows.getString(1));
        }
      }
    }
    return series;
  }

  private void move(FeedPosition last) throws SQLException {
    String transaction = Long.toUnsignedString(last.transaction());
    try (PreparedStatement statement = connection.prepareStatement(MOVE)) {
      for (Metric metric : positions.keySet()) {
        statement.setString(1, transaction);
        statement.setLong(2, last.seq());
        statement.setString(3, metric.actor());
        statement.setString(4, metric.name());
        statement.setString(5, transaction);
        statement.setLong(6, last.seq());
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }
}
