package dev.relay.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.relay.chaos.cluster.Carrier;
import dev.relay.chaos.cluster.Cluster;
import dev.relay.chaos.cluster.Database;
import dev.relay.chaos.cluster.RedisStore;
import dev.relay.chaos.cluster.Surroundings;
import dev.relay.chaos.fault.Faults;
import dev.relay.chaos.fault.Kind;
import dev.relay.chaos.fault.Plan;
import dev.relay.chaos.fault.Planned;
import dev.relay.chaos.load.Load;
import dev.relay.chaos.oracle.Memory;
import dev.relay.chaos.oracle.NodeLogs;
import dev.relay.chaos.oracle.Oracle;
import dev.relay.chaos.oracle.Zombies;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One run: nodes, clients and faults for a while, then quiet, then the oracle.
 *
 * @param length how long faults happen
 * @param pause between the starts of two faults, on average
 * @param carrier what the nodes talk through
 */
record Run(long seed, Duration length, Duration pause, int nodes, int clients, Carrier carrier) {
  /** Half as long again as a lease: others have taken its work when it wakes. */
  private static final Duration FROZEN = Duration.ofSeconds(6);

  private static final Duration LONG = Duration.ofMinutes(3);

  private static final Duration START = Duration.ofSeconds(180);

  /** How long after the last fault everything that was accepted may take to be applied. */
  private static final Duration QUIET = Duration.ofSeconds(120);

  /** Runs it in a folder and fails with everything that isn't as it must be. */
  void check(Path folder) {
    List<Planned> plan =
        Plan.of(seed, kinds(), nodes, length.toMillis(), pause.toMillis(), FROZEN.toMillis());
    say(
        "chaos.seed=%d, %s, %d nodes, %d clients, %d s",
        seed, carrier, nodes, clients, length.toSeconds());
    plan.forEach(fault -> say("%s", fault));
    try (Database database = new Database(folder.resolve("postgres"));
        @Nullable RedisStore redis = carrier.isRedis() ? RedisStore.of(carrier) : null;
        Cluster cluster = new Cluster(new Surroundings(database, redis, carrier, seed), folder)) {
      for (int i = 1; i <= nodes + (isLong() ? 1 : 0); i++) {
        cluster.start(i);
      }
      await().atMost(START).until(cluster::allReady);
      Zombies.watch(database);
      List<String> findings = new ArrayList<>(go(plan, database, redis, cluster));
      findings.addAll(NodeLogs.errors(folder));
      assertThat(findings).as("seed %d, logs in %s", seed, folder).isEmpty();
    }
  }

  private List<String> go(
      List<Planned> plan, Database database, @Nullable RedisStore redis, Cluster cluster) {
    Load load = new Load(clients, seed, cluster::ports);
    Faults faults = new Faults(cluster, database, redis, load::crowd);
    Memory memory = Memory.watch(cluster, length, isLong() ? nodes + 1 : 0);
    try (load;
        memory) {
      faults.run(plan);
    }
    long lastFault = System.nanoTime();
    List<String> findings = new ArrayList<>(faults.anomalies());
    boolean quiet = quiet(database, cluster);
    say(
        "%s; quiet %s after %.1f s; heaps %s",
        load.book(), quiet, (System.nanoTime() - lastFault) / 1e9, memory);
    say("accepted in each second: %s", load.book().perSecond());
    findings.addAll(new Oracle(database, load.book()).findings());
    findings.addAll(Zombies.findings(database));
    findings.addAll(memory.findings());
    return findings;
  }

  /** A long run has one node more, which nothing happens to and whose memory is watched. */
  private boolean isLong() {
    return length.compareTo(LONG) >= 0;
  }

  private List<Kind> kinds() {
    return Stream.of(Kind.values())
        .filter(kind -> carrier.isRedis() || !kind.ofRedis())
        .filter(kind -> isLong() || kind != Kind.CROWD)
        .toList();
  }

  private static boolean quiet(Database database, Cluster cluster) {
    try {
      await()
          .atMost(QUIET)
          .until(() -> cluster.allReady() && Oracle.unfinished(database).equals("[]"));
      return true;
    } catch (org.awaitility.core.ConditionTimeoutException stuck) {
      return false; // the oracle says what is left
    }
  }

  @SuppressWarnings("AnnotateFormatMethod")
  private static void say(String format, Object... values) {
    System.out.println("[chaos] " + format.formatted(values));
  }
}
