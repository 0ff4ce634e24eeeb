package dev.relay.postgres;

import dev.relay.message.ActorAddress;
import dev.relay.message.MessageId;
import dev.relay.route.Partitions;
import dev.relay.store.DeliveryFate;
import dev.relay.store.DeliveryStatus;
import dev.relay.store.ExpectedDelivery;
import dev.relay.store.History;
import dev.relay.store.OpenDelivery;
import dev.relay.store.PartitionLoad;
import dev.relay.store.PastTurn;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/** Reads journal and deliveries for people. Thread-safe. */
final class PostgresHistory implements History {
  /** How far the clocks of nodes and database may be apart before a turn isn't found. */
  private static final Duration SKEW = Duration.ofSeconds(5);

  /** From a message's birth to the id of its delivery: a turn may be run again a few times. */
  private static final Duration COMMIT = Duration.ofMinutes(2);

  // newest first by the index of instances; a hot instance has thousands of turns a second, the
  // bound keeps a look at it short
  private static final String TURNS =
      """
      SELECT i.n, t.id, t.version, t.at,
             ARRAY(SELECT e ->> 'type' FROM json_array_elements(t.emitted) AS e)
        FROM unnest(?, ?, ?) WITH ORDINALITY AS i (actor, key, since, n)
       CROSS JOIN LATERAL (
         SELECT j.message ->> 'id' AS id, j.version, j.at, j.emitted
           FROM relay.journal AS j
          WHERE j.key = i.key AND j.actor = i.actor AND j.at >= i.since::timestamptz
            AND j.version > 0
          ORDER BY j.version DESC LIMIT 2000) AS t
       WHERE t.id = ANY (?)
      """;

  // the ids of deliveries carry their time, so few rows of a partition have to be looked at
  private static final String OPEN =
      """
      SELECT i.n, t.status, t.attempt, t.last_error, t.due_at
        FROM unnest(?, ?, ?, ?, ?, ?) WITH ORDINALITY
             AS i (actor, partition, key, message, first, last, n)
       CROSS JOIN LATERAL (
         SELECT d.status, d.attempt, d.last_error, d.due_at
           FROM relay.deliveries AS d
          WHERE d.status IN ('ready', 'retrying', 'scheduled', 'dead')
            AND d.actor = i.actor AND d.partition = i.partition::smallint
            AND d.id >= i.first::uuid AND d.id < i.last::uuid
            AND d.key = i.key AND d.message ->> 'id' = i.message
          LIMIT 1) AS t
      """;

  /** An instance; its key may be empty, because nothing named one. */
  private record Instance(String actor, String key) {}

  /** What tells one delivery from the others. */
  private record Which(String messageId, String actor, String key) {
    static Which of(ExpectedDelivery delivery) {
      return new Which(delivery.messageId(), delivery.actor(), delivery.key());
    }
  }

  private final DataSource dataSource;

  PostgresHistory(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  @Override
  public Optional<MessageId> requested(String requestId) {
    return PastRows.requested(dataSource, requestId);
  }

  @Override
  public List<PastTurn> turns(String text, Instant from, Instant to, int limit) {
    return PastRows.turns(dataSource, text, from, to, limit);
  }

  @Override
  public List<OpenDelivery> open(String text, Instant from, Instant to, int limit) {
    return PastRows.open(dataSource, text, from, to, limit);
  }

  @Override
  public List<PartitionLoad> load() {
    return PastRows.load(dataSource);
  }

  @Override
  public List<DeliveryFate> fates(List<ExpectedDelivery> deliveries) {
    if (deliveries.isEmpty()) {
      return List.of();
    }
    try (Connection connection = dataSource.getConnection()) {
      List<DeliveryFate> fates = new ArrayList<>();
      Map<Which, ExpectedDelivery> left = new LinkedHashMap<>();
      deliveries.forEach(delivery -> left.put(Which.of(delivery), delivery));
      // the journal first: what is consumed between the two looks is found by the next
      readTurns(connection, left, fates);
      readOpen(connection, List.copyOf(left.values()), fates);
      return fates;
    } catch (SQLException failure) {
      throw SqlFailure.reading(failure);
    }
  }

  private static void readTurns(
      Connection connection, Map<Which, ExpectedDelivery> left, List<DeliveryFate> fates)
      throws SQLException {
    Map<Instance, Instant> since = new LinkedHashMap<>();
    for (ExpectedDelivery each : left.values()) {
      since.merge(
          new Instance(each.actor(), each.key()),
          each.since().minus(SKEW),
          (one, other) -> one.isBefore(other) ? one : other);
    }
    List<Instance> instances = List.copyOf(since.keySet());
    try (PreparedStatement statement = connection.prepareStatement(TURNS)) {
      new SqlArrays(connection, statement)
          .text(instances, Instance::actor)
          .text(instances, Instance::key)
          .text(instances, instance -> String.valueOf(since.get(instance)))
          .text(List.copyOf(left.keySet()), Which::messageId);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          Instance instance = instances.get(rows.getInt(1) - 1);
          ExpectedDelivery of =
              left.remove(new Which(rows.getString(2), instance.actor(), instance.key()));
          if (of != null) {
            fates.add(done(of, rows));
          }
        }
      }
    }
  }

  private static DeliveryFate done(ExpectedDelivery of, ResultSet row) throws SQLException {
    Array emitted = row.getArray(5);
    return new DeliveryFate(
        of,
        DeliveryFate.Kind.DONE,
        row.getTimestamp(4).toInstant(),
        row.getLong(3),
        List.of((String[]) emitted.getArray()),
        0,
        null);
  }

  private static void readOpen(
      Connection connection, List<ExpectedDelivery> left, List<DeliveryFate> fates)
      throws SQLException {
    if (left.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(OPEN)) {
      new SqlArrays(connection, statement)
          .text(left, ExpectedDelivery::actor)
          .ints(left, PostgresHistory::partition)
          .text(left, ExpectedDelivery::key)
          .text(left, ExpectedDelivery::messageId)
          .text(left, each -> MessageId.firstOf(each.since().minus(SKEW)).value())
          .text(left, each -> MessageId.firstOf(each.since().plus(COMMIT)).value());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          fates.add(open(left.get(rows.getInt(1) - 1), rows));
        }
      }
    }
  }

  private static DeliveryFate open(ExpectedDelivery of, ResultSet row) throws SQLException {
    DeliveryFate.Kind kind =
        switch (DeliveryStatus.of(row.getString(2))) {
          case READY, SCHEDULED -> DeliveryFate.Kind.WAITING;
          case RETRYING -> DeliveryFate.Kind.RETRYING;
          case DEAD -> DeliveryFate.Kind.DEAD;
        };
    return new DeliveryFate(
        of, kind, row.getTimestamp(5).toInstant(), 0, List.of(), row.getInt(3), row.getString(4));
  }

  private static int partition(ExpectedDelivery delivery) {
    return delivery.key().isEmpty()
        ? 0
        : Partitions.of(new ActorAddress(delivery.actor(), delivery.key()));
  }
}
