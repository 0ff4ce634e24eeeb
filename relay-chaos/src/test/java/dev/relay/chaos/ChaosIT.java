package dev.relay.chaos;

import dev.relay.chaos.cluster.Carrier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Node processes on one Postgres, clients, and failures at random. A seed gives the same messages
 * and the same faults again: {@code -Dchaos.seed=4711}. The long run: {@code -Pchaos
 * -Dchaos.minutes=10}.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ChaosIT {
  @ParameterizedTest
  @MethodSource("carriers")
  void whatever_dies_every_accepted_message_is_applied_once_and_in_order(Carrier carrier)
      throws Exception {
    run(carrier, Duration.ofSeconds(carrier.isRedis() ? 25 : 10));
  }

  /** Two of them; with {@code -Dchaos.carriers=REDIS,SENTINEL} those, in the long profile all. */
  static Stream<Carrier> carriers() {
    return Stream.of(System.getProperty("chaos.carriers", "").split(",")).map(Carrier::valueOf);
  }

  private static void run(Carrier carrier, Duration shortOne) throws IOException {
    long minutes = Long.getLong("chaos.minutes", 0);
    Path folder = Path.of("target", "chaos", carrier + "-" + seed()).toAbsolutePath();
    empty(folder);
    Run run =
        minutes == 0
            ? new Run(seed(), shortOne, Duration.ofMillis(1_800), 3, 8, carrier)
            : new Run(seed(), Duration.ofMinutes(minutes), Duration.ofSeconds(4), 3, 8, carrier);
    run.check(folder);
  }

  /** What an earlier run with this seed left there would be taken for this one's. */
  private static void empty(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> old = Files.walk(folder)) {
        old.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      }
    }
    Files.createDirectories(folder);
  }

  private static long seed() {
    String given = System.getProperty("chaos.seed", "");
    return given.isEmpty() ? CHOSEN : Long.parseLong(given);
  }

  private static final long CHOSEN = new Random().nextInt(1_000_000);
}
