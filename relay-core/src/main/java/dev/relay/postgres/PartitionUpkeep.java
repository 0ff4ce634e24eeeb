package dev.relay.postgres;

import dev.relay.store.Retention;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the daily partitions of journal and requests: makes them a week ahead and drops those whose
 * time is over. Rows of a day without one go to a default partition and move when it is made, so
 * being late costs nothing but tidiness. Any number of nodes may do it. Thread-safe.
 */
final class PartitionUpkeep implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(PartitionUpkeep.class);

  /** Days made ahead: a node that was off for less finds its partitions there. */
  private static final int DAYS = 7;

  private static final String ENSURE =
      "SELECT relay.ensure_partitions((now() AT TIME ZONE 'UTC')::date, ?)";

  private static final String DROP = "SELECT relay.drop_oldest_day(?, ?)";

  private final DataSource dataSource;
  private final Retention retention;
  private final InstantSource clock;

  PartitionUpkeep(DataSource dataSource, Retention retention, InstantSource clock) {
    this.dataSource = dataSource;
    this.retention = retention;
    this.clock = clock;
  }

  @Override
  public void run() {
    ensure();
    drop("journal", retention.journal());
    drop("requests", retention.requests());
  }

  private void ensure() {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(ENSURE)) {
      statement.setInt(1, DAYS);
      statement.execute();
    } catch (SQLException failure) {
      log.warn(
          "the partitions of the coming days were not made, rows go to the default partition: {}",
          failure.getMessage());
    }
  }

  /** One day a statement, so that nobody waits for all of them. */
  private void drop(String parent, Duration kept) {
    LocalDate before = LocalDate.ofInstant(clock.instant().minus(kept), ZoneOffset.UTC);
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(DROP)) {
      statement.setString(1, parent);
      statement.setDate(2, Date.valueOf(before));
      for (String day = next(statement); day != null; day = next(statement)) {
        log.info("relay.{} is dropped: it is older than {} days", day, kept.toDays());
      }
    } catch (SQLException failure) {
      log.warn(
          "old days of {} are not dropped now, it is tried again later: {}",
          parent,
          failure.getMessage());
    }
  }

  private static @Nullable String next(PreparedStatement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery()) {
      return rows.next() ? rows.getString(1) : null;
    }
  }
}
