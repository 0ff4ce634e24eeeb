package dev.relay.bench;

import dev.relay.bench.contestant.Contestant;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a run does.
 *
 * @param contestants in the order of a round
 * @param clients with how many clients each is measured
 * @param length of a measured phase
 * @param warmup before the first phase of a contestant in a round
 * @param settle unmeasured load before each phase, once the number of clients has changed
 * @param carts how many carts there are
 * @param rounds how often all contestants are measured, one after the other
 * @param nodeOptions JVM options of the contestants' processes
 * @param profile whether nodes are recorded while they are measured
 * @param folder where data and logs go
 */
record Plan(
    List<Contestant> contestants,
    List<Integer> clients,
    Duration length,
    Duration warmup,
    Duration settle,
    int carts,
    int rounds,
    List<String> nodeOptions,
    boolean profile,
    Path folder) {
  Path logs() {
    return folder.resolve("logs");
  }

  /** How long the load of all this takes, starting and stopping aside. */
  Duration estimate() {
    Duration round = Duration.ZERO;
    for (Contestant contestant : contestants) {
      int phases = contestant.clients(clients).size();
      round = round.plus(warmup).plus(length.plus(settle).multipliedBy(phases));
    }
    return round.multipliedBy(rounds);
  }
}
