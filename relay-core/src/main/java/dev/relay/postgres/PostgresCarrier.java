package dev.relay.postgres;

import dev.relay.store.StoreException;
import dev.relay.transport.Carrier;
import dev.relay.transport.CarrierException;
import dev.relay.transport.CarrierReport;
import dev.relay.transport.Health;
import dev.relay.transport.Rebuilt;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;

/** What lies beneath the postgres transport: letters on their way, and the server's notices. */
final class PostgresCarrier implements Carrier {
  private static final String LETTERS =
      """
      SELECT n.node, (SELECT count(*) FROM relay.letters AS l WHERE l.node = n.node)
        FROM unnest(?) AS n (node)
      """;

  private static final String NOTICES = "SELECT pg_notification_queue_usage()";

  /** Postgres itself begins to warn here. */
  private static final double HALF_FULL = 0.5;

  private final DataSource dataSource;

  PostgresCarrier(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  @Override
  public CarrierReport look(Collection<String> nodes) {
    try (Connection connection = dataSource.getConnection()) {
      List<CarrierReport.Stream> streams = new ArrayList<>();
      letters(connection, nodes)
          .forEach(
              (node, length) ->
                  streams.add(new CarrierReport.Stream("relay.letters", node, length, true)));
      return new CarrierReport(
          new Health(true, "postgres"), streams, null, null, warnings(connection));
    } catch (SQLException failure) {
      return CarrierReport.unreachable(String.valueOf(SqlFailure.reading(failure).getMessage()));
    }
  }

  @Override
  public Rebuilt rebuild(Collection<String> nodes, boolean anew) {
    try (Connection connection = dataSource.getConnection()) {
      letters(connection, nodes);
    } catch (SQLException failure) {
      StoreException known = SqlFailure.reading(failure);
      throw new CarrierException(String.valueOf(known.getMessage()), known);
    }
    return new Rebuilt(
        false, List.of("the postgres transport keeps nothing outside Postgres"), List.of());
  }

  private static Map<String, Long> letters(Connection connection, Collection<String> nodes)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LETTERS)) {
      statement.setArray(1, connection.createArrayOf("text", nodes.toArray()));
      Map<String, Long> letters = new TreeMap<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          letters.put(row.getString(1), row.getLong(2));
        }
      }
      return letters;
    }
  }

  private static List<String> warnings(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(NOTICES);
        ResultSet row = statement.executeQuery()) {
      double full = row.next() ? row.getDouble(1) : 0;
      return full < HALF_FULL
          ? List.of()
          : List.of(
              "Postgres' queue of notices is "
                  + Math.round(100 * full)
                  + " % full: a session that listens stands in an open transaction; end it,"
                  + " pg_stat_activity shows it");
    }
  }
}
