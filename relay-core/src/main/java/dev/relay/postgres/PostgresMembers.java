package dev.relay.postgres;

import dev.relay.cluster.Member;
import dev.relay.cluster.MemberStore;
import dev.relay.cluster.Roster;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;

/** The list of living nodes in {@code relay.nodes}. Thread-safe. */
final class PostgresMembers implements MemberStore {
  private static final String JOIN =
      "SELECT relay.join_node(?, ?, ?, ?, ?, ?, ?), clock_timestamp()";
  private static final String RENEW =
      "SELECT known_, epoch_, dead_, clock_timestamp() FROM relay.renew_node(?, ?, ?, ?)";
  private static final String LEAVE = "SELECT relay.leave_node(?, ?, ?)";
  private static final String ROSTER =
      """
      SELECT m.epoch, n.name, n.incarnation, n.actors, n.version, n.place, n.url, n.leaving,
             n.started_at
        FROM relay.membership AS m LEFT JOIN relay.nodes AS n ON true
       ORDER BY n.name
      """;

  private final DataSource dataSource;

  PostgresMembers(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  @Override
  public Instant join(Member member, Duration lease) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(JOIN)) {
      statement.setString(1, member.name());
      statement.setLong(2, member.incarnation());
      statement.setArray(3, connection.createArrayOf("text", member.actors().toArray()));
      statement.setString(4, member.version());
      statement.setString(5, member.place());
      statement.setString(6, member.url());
      statement.setLong(7, lease.toMillis());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return time(row, 2);
      }
    } catch (SQLException failure) {
      throw SqlFailure.reading(failure);
    }
  }

  @Override
  public Renewal renew(String node, long incarnation, Duration lease, boolean judges) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(RENEW)) {
      statement.setString(1, node);
      statement.setLong(2, incarnation);
      statement.setLong(3, lease.toMillis());
      statement.setBoolean(4, judges);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return new Renewal(
            row.getBoolean(1), row.getLong(2), List.of(texts(row.getArray(3))), time(row, 4));
      }
    } catch (SQLException failure) {
      throw SqlFailure.reading(failure);
    }
  }

  @Override
  public void leaving(String node, long incarnation) {
    leave(node, incarnation, false);
  }

  @Override
  public void left(String node, long incarnation) {
    leave(node, incarnation, true);
  }

  private void leave(String node, long incarnation, boolean forGood) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(LEAVE)) {
      statement.setString(1, node);
      statement.setLong(2, incarnation);
      statement.setBoolean(3, forGood);
      statement.execute();
    } catch (SQLException failure) {
      throw SqlFailure.reading(failure);
    }
  }

  @Override
  public Roster roster() {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(ROSTER);
        ResultSet rows = statement.executeQuery()) {
      long epoch = 0;
      List<Member> members = new ArrayList<>();
      while (rows.next()) {
        epoch = rows.getLong("epoch");
        if (rows.getString("name") != null) {
          members.add(member(rows));
        }
      }
      return new Roster(epoch, members);
    } catch (SQLException failure) {
      throw SqlFailure.reading(failure);
    }
  }

  private static Member member(ResultSet row) throws SQLException {
    return new Member(
        row.getString("name"),
        row.getLong("incarnation"),
        Set.of(texts(row.getArray("actors"))),
        row.getString("version"),
        row.getString("place"),
        row.getString("url"),
        row.getBoolean("leaving"),
        row.getTimestamp("started_at").toInstant());
  }

  private static Instant time(ResultSet row, int column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static String[] texts(Array array) throws SQLException {
    return (String[]) array.getArray();
  }
}
