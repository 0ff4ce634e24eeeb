package dev.relay.postgres;

import dev.relay.store.Feed;
import dev.relay.store.History;
import dev.relay.store.InstanceStore;
import dev.relay.store.TurnStore;
import javax.sql.DataSource;

/** The stores of a node on Postgres: this package's entry for whoever wires a node together. */
public final class PostgresStores {
  private PostgresStores() {}

  /** The store that turns commit through. Its connections are in auto-commit mode. */
  public static TurnStore turns(DataSource dataSource) {
    return new PostgresTurnStore(dataSource);
  }

  /** The stream of published events. */
  public static Feed feed(DataSource dataSource) {
    return new PostgresFeed(dataSource);
  }

  /** Instances, for people to read. */
  public static InstanceStore instances(DataSource dataSource) {
    return new PostgresInstances(dataSource);
  }

  /** What became of messages, for people to read. */
  public static History history(DataSource dataSource) {
    return new PostgresHistory(dataSource);
  }

  /** Makes the partitions of the coming days; to be run at start and now and then. */
  public static Runnable partitionUpkeep(DataSource dataSource) {
    return new PartitionUpkeep(dataSource);
  }
}
