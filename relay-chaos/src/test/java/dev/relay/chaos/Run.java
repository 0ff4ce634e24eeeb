package dev.relay.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.relay.chaos.cluster.Cluster;
import dev.relay.chaos.cluster.Database;
import dev.relay.chaos.fault.Faults;
import dev.relay.chaos.fault.Plan;
import dev.relay.chaos.fault.Planned;
import dev.relay.chaos.load.Load;
import dev.relay.chaos.oracle.Memory;
import dev.relay.chaos.oracle.NodeLogs;
import dev.relay.chaos.oracle.Oracle;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One run: nodes, clients and faults for a while, then quiet, then the oracle.
 *
 * @param length how long faults happen
 * @param pause between the starts of two faults, on average
 * @param ordered whether order from sender to receiver is promised across nodes
 */
record Run(long seed, Duration length, Duration pause, int nodes, int clients, boolean ordered) {
  /** Chosen: three times what a node may be silent before others take its work. */
  private static final Duration FROZEN = Duration.ofSeconds(6);

  private static final Duration START = Duration.ofSeconds(60);

  /** How long after the last fault everything that was accepted may take to be applied. */
  private static final Duration QUIET = Duration.ofSeconds(60);

  /** Runs it in a folder and fails with everything that isn't as it must be. */
  void check(Path folder) {
    List<Planned> plan =
        Plan.of(seed, nodes, length.toMillis(), pause.toMillis(), FROZEN.toMillis());
    say("chaos.seed=%d, %d nodes, %d clients, %d s", seed, nodes, clients, length.toSeconds());
    plan.forEach(fault -> say("%s", fault));
    try (Database database = new Database(folder.resolve("postgres"));
        Cluster cluster = new Cluster(database, folder, Path.of("actors").toAbsolutePath())) {
      for (int i = 1; i <= nodes; i++) {
        cluster.start(i);
      }
      await().atMost(START).until(cluster::allReady);
      List<String> findings = new ArrayList<>(go(plan, database, cluster));
      findings.addAll(NodeLogs.errors(folder));
      assertThat(findings).as("seed %d, logs in %s", seed, folder).isEmpty();
    }
  }

  private List<String> go(List<Planned> plan, Database database, Cluster cluster) {
    Faults faults = new Faults(cluster, database);
    Load load = new Load(clients, seed, cluster::ports);
    Memory memory = Memory.watch(cluster, length);
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
    findings.addAll(new Oracle(database, load.book(), ordered).findings());
    findings.addAll(memory.findings());
    return findings;
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
