package dev.relay.postgres;

import dev.relay.cluster.MemberStore;
import dev.relay.cluster.News;
import dev.relay.store.DeadLetterStore;
import dev.relay.store.Feed;
import dev.relay.store.Fencing;
import dev.relay.store.FlowStore;
import dev.relay.store.History;
import dev.relay.store.InstanceFinder;
import dev.relay.store.InstanceStore;
import dev.relay.store.MetricStore;
import dev.relay.store.Retention;
import dev.relay.store.TurnStore;
import dev.relay.transport.Carrier;
import dev.relay.transport.Transport;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The stores of a node on Postgres: this package's entry for whoever wires a node together. */
public final class PostgresStores {
  private PostgresStores() {}

  /** The store that turns commit through. Its connections are in auto-commit mode. */
  public static TurnStore turns(DataSource dataSource) {
    return turns(dataSource, Fencing.none());
  }

  /**
   * The store that turns commit through, in the name of a node: what a node commits that was taken
   * for dead is refused.
   */
  public static TurnStore turns(DataSource dataSource, Fencing fencing) {
    return new PostgresTurnStore(dataSource, fencing);
  }

  /** The list of living nodes. */
  public static MemberStore members(DataSource dataSource) {
    return new PostgresMembers(dataSource);
  }

  /**
   * Hears of changes of the list of nodes.
   *
   * @param listening opens a connection for {@code LISTEN} alone, not one of a pool; absent where
   *     nothing is heard and heartbeats have to do
   */
  public static News memberNews(@Nullable ConnectionSource listening) {
    return new MemberNews(listening);
  }

  /**
   * The transport that needs nothing but Postgres.
   *
   * @param dataSource a pool, for sending and reading
   * @param listening opens a connection for {@code LISTEN} alone, not one of a pool; absent where
   *     {@code LISTEN} doesn't work, as behind a pooler in transaction mode: then it polls, twenty
   *     times a second
   */
  public static Transport transport(DataSource dataSource, @Nullable ConnectionSource listening) {
    return new PostgresTransport(dataSource, listening);
  }

  /** What lies beneath the postgres transport, for operators. */
  public static Carrier carrier(DataSource dataSource) {
    return new PostgresCarrier(dataSource);
  }

  /** The stream of published events. */
  public static Feed feed(DataSource dataSource) {
    return new PostgresFeed(dataSource);
  }

  /** Instances, for people to read. */
  public static InstanceStore instances(DataSource dataSource) {
    return new PostgresInstances(dataSource);
  }

  /** Flows and their runs, for people to read. */
  public static FlowStore flows(DataSource dataSource) {
    return new PostgresFlows(dataSource);
  }

  /** Instances, found by what they remember. */
  public static InstanceFinder finder(DataSource dataSource) {
    return new PostgresFinder(dataSource);
  }

  /** What the business counts. */
  public static MetricStore metrics(DataSource dataSource) {
    return new PostgresMetrics(dataSource);
  }

  /** What became of messages, for people to read. */
  public static History history(DataSource dataSource) {
    return new PostgresHistory(dataSource);
  }

  /** The deliveries that were given up. */
  public static DeadLetterStore deadLetters(DataSource dataSource) {
    return new PostgresDeadLetters(dataSource);
  }

  /** Makes the days to come and drops those that are over; to be run at start and now and then. */
  public static Runnable partitionUpkeep(
      DataSource dataSource, Retention retention, InstantSource clock) {
    return new PartitionUpkeep(dataSource, retention, clock);
  }
}
