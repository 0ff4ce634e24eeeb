package dev.relay.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the daily partitions of journal and requests a week ahead. Rows of a day without one go to
 * a default partition, so being late costs nothing but tidiness. Thread-safe.
 */
final class PartitionUpkeep implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(PartitionUpkeep.class);

  /** Days made ahead: a node that was off for less finds its partitions there. */
  private static final int DAYS = 7;

  private static final String ENSURE =
      "SELECT relay.ensure_partitions((now() AT TIME ZONE 'UTC')::date, ?)";

  private final DataSource dataSource;

  PartitionUpkeep(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  @Override
  public void run() {
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
}
