package dev.relay.chaos;

import dev.relay.chaos.cluster.Carrier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/**
 * Node processes on one Postgres, clients, and failures at random. A seed gives the same messages
 * and the same faults again: {@code -Dchaos.seed=4711}. The long run: {@code -Pchaos
 * -Dchaos.minutes=10}.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ChaosIT {
  /** Nodes don't divide the partitions among themselves yet, so two may read the same one. */
  private static final boolean ORDERED = Boolean.getBoolean("chaos.ordered");

  @Test
  void whatever_dies_every_accepted_message_is_applied_once_and_in_order() throws Exception {
    run(Carrier.POSTGRES, Duration.ofSeconds(30));
  }

  private static void run(Carrier carrier, Duration shortOne) throws IOException {
    long minutes = Long.getLong("chaos.minutes", 0);
    Path folder = Path.of("target", "chaos", carrier + "-" + seed()).toAbsolutePath();
    Files.createDirectories(folder);
    Run run =
        minutes == 0
            ? new Run(seed(), shortOne, Duration.ofMillis(2_500), 3, 8, carrier, ORDERED)
            : new Run(
                seed(), Duration.ofMinutes(minutes), Duration.ofSeconds(4), 3, 8, carrier, ORDERED);
    run.check(folder);
  }

  private static long seed() {
    String given = System.getProperty("chaos.seed", "");
    return given.isEmpty() ? CHOSEN : Long.parseLong(given);
  }

  private static final long CHOSEN = new Random().nextInt(1_000_000);
}
