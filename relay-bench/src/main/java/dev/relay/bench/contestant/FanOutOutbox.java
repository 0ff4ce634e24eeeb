package dev.relay.bench.contestant;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.relay.bench.load.AsyncLoad;
import dev.relay.bench.load.Carts;
import dev.relay.bench.load.Since;
import dev.relay.message.Json;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The outbox that a good developer writes by hand: publishing inserts a row for each consumer in
 * one statement; each consumer has a poller that takes a page with SKIP LOCKED, writes its own
 * table and deletes the page, in one transaction.
 */
final class FanOutOutbox implements Contestant {
  /** As the hand-written service has: more connections are slower on two cores. */
  private static final int POOL = 32;

  private static final String TABLES =
      """
      CREATE TABLE outbox (
        consumer text NOT NULL,
        id       bigint GENERATED ALWAYS AS IDENTITY,
        key      text NOT NULL,
        number   bigint NOT NULL,
        payload  jsonb NOT NULL,
        PRIMARY KEY (consumer, id)
      ) WITH (autovacuum_vacuum_scale_factor = 0.05);
      CREATE TABLE seen_first  (key text PRIMARY KEY, count bigint NOT NULL, last bigint NOT NULL);
      CREATE TABLE seen_second (key text PRIMARY KEY, count bigint NOT NULL, last bigint NOT NULL);
      CREATE TABLE seen_third  (key text PRIMARY KEY, count bigint NOT NULL, last bigint NOT NULL);
      """;

  private static final String INSERT =
      """
      INSERT INTO outbox (consumer, key, number, payload)
      SELECT consumer, ?, ?, ?::jsonb FROM unnest(ARRAY['first', 'second', 'third']) AS consumer
      """;

  @Override
  public String name() {
    return "outbox";
  }

  @Override
  public String title() {
    return "hand-written: outbox table, three pollers with SKIP LOCKED, three consumer tables";
  }

  @Override
  public Running start(Database database, Carts carts) throws SQLException {
    database.execute(TABLES);
    HikariDataSource pool = pool(database);
    ExecutorService workers = Executors.newFixedThreadPool(2 * POOL);
    Landings landings = new Landings();
    List<OutboxPoller> pollers = new ArrayList<>();
    for (String consumer : FanOutActors.CONSUMERS) {
      pollers.add(OutboxPoller.start(consumer, database, landings));
    }
    FanOutEvents events = new FanOutEvents(carts.count());
    AsyncLoad load = new AsyncLoad(() -> publish(pool, workers, landings, events));
    return Running.of(
        new Door.InProcess(load),
        () -> {
          pollers.forEach(OutboxPoller::close);
          workers.shutdownNow();
          pool.close();
        });
  }

  private static CompletableFuture<Since> publish(
      HikariDataSource pool, ExecutorService workers, Landings landings, FanOutEvents events) {
    long number = landings.next();
    CompletableFuture<Since> landed = landings.future(number);
    workers.execute(
        () -> {
          try {
            insert(pool, events.event(number));
            landings.accepted(number);
          } catch (SQLException | RuntimeException failure) {
            landings.failed(number, failure);
          }
        });
    return landed;
  }

  private static void insert(HikariDataSource pool, FanOutActors.Sent event) throws SQLException {
    try (Connection connection = pool.getConnection();
        PreparedStatement statement = connection.prepareStatement(INSERT)) {
      statement.setString(1, event.id());
      statement.setLong(2, event.number());
      statement.setString(3, Json.mapper().writeValueAsString(event));
      statement.executeUpdate();
    }
  }

  private static HikariDataSource pool(Database database) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(database.jdbcUrl());
    config.setUsername(database.user());
    config.setPassword(database.password());
    config.setMaximumPoolSize(POOL);
    return new HikariDataSource(config);
  }

  @Override
  public Optional<String> writtenQuery() {
    return Optional.of(
        """
        SELECT least((SELECT coalesce(sum(count), 0) FROM seen_first),
                     (SELECT coalesce(sum(count), 0) FROM seen_second),
                     (SELECT coalesce(sum(count), 0) FROM seen_third))
        """);
  }

  @Override
  public Optional<String> backlogQuery() {
    return Optional.of("SELECT count(*) FROM outbox");
  }
}
