package dev.relay.postgres;

import dev.relay.transport.Letter;
import dev.relay.transport.Outgoing;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/** The statements of the postgres transport. Thread-safe; every call is one round trip. */
final class LetterBox {
  /** What waits for a node: a letter, or a wake-up where notifications don't get through. */
  record Found(boolean wake, Letter letter) {}

  private static final String POST = "SELECT relay.post_letters(?, ?, ?, ?, ?, ?, ?)";
  private static final String TAKE =
      "SELECT kind_, id_, sent_by_, body_ FROM relay.take_letters(?, ?)";
  private static final String TIDY =
      "DELETE FROM relay.letters WHERE at < clock_timestamp() - interval '5 minutes'";
  private static final String NOTIFY = "SELECT pg_notify(?, ?)";

  /** Rows read at once: chosen, since a letter may have megabytes. */
  static final int PAGE = 20;

  private static final String KIND_LETTER = "letter";
  private static final String KIND_WAKE = "wake";

  private record Row(String node, String kind, Letter letter) {}

  private record Ring(String channel, String payload) {}

  private final DataSource dataSource;

  LetterBox(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * Writes letters and rings for everything in a batch.
   *
   * @param self the sender's name
   * @param deaf whether wake-ups are written down too, for nodes that hear nothing
   */
  void post(String self, Outgoing.Batch batch, boolean deaf) throws SQLException {
    List<Row> rows = new ArrayList<>();
    Set<Ring> rings = new LinkedHashSet<>();
    batch
        .wakes()
        .forEach(
            (node, partitions) -> {
              for (String text : Notice.wakes(partitions)) {
                rings.add(new Ring(Notice.channel(node), text));
                if (deaf) {
                  String id = UUID.randomUUID().toString();
                  rows.add(new Row(node, KIND_WAKE, new Letter(id, self, text)));
                }
              }
            });
    for (Outgoing.Addressed each : batch.letters()) {
      rows.add(new Row(each.node(), KIND_LETTER, each.letter()));
      rings.add(new Ring(Notice.channel(each.node()), Notice.LETTERS));
    }
    if (batch.announced()) {
      rings.add(new Ring(Notice.PUBLISHED, self));
    }
    post(rows, List.copyOf(rings));
  }

  private void post(List<Row> rows, List<Ring> rings) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(POST)) {
      new SqlArrays(connection, statement)
          .text(rows, Row::node)
          .text(rows, Row::kind)
          .text(rows, row -> row.letter().id())
          .text(rows, row -> row.letter().from())
          .text(rows, row -> row.letter().body())
          .text(rings, Ring::channel)
          .text(rings, Ring::payload);
      statement.execute();
    }
  }

  /** Takes the first rows that wait for a node. */
  List<Found> take(String node) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(TAKE)) {
      statement.setString(1, node);
      statement.setInt(2, PAGE);
      List<Found> found = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(
              new Found(
                  rows.getString(1).equals(KIND_WAKE),
                  new Letter(rows.getString(2), rows.getString(3), rows.getString(4))));
        }
      }
      return found;
    }
  }

  /** Rings at the node's own door, to see whether it hears. */
  void echo(String node) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(NOTIFY)) {
      statement.setString(1, Notice.channel(node));
      statement.setString(2, Notice.ECHO);
      statement.execute();
    }
  }

  /** Removes what nobody took in minutes: it was for nodes that are gone. */
  void tidy() throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(TIDY)) {
      statement.execute();
    }
  }
}
