package dev.relay.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.relay.chaos.actor.Command;
import dev.relay.chaos.actor.Passage;
import dev.relay.chaos.cluster.Carrier;
import dev.relay.chaos.cluster.Cluster;
import dev.relay.chaos.cluster.Database;
import dev.relay.chaos.cluster.Surroundings;
import dev.relay.chaos.load.OneNode;
import dev.relay.chaos.oracle.Oracle;
import dev.relay.chaos.oracle.Zombies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A node stands still until the others have taken it for dead, and wakes with its connections open,
 * turns that only wait for their commit, and requests in its sockets. Nothing depends on luck: the
 * turns are held open by the test, and the node can't learn of its death but from a refused commit,
 * because leases can't be renewed until the test says so.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ZombieIT {
  private static final Duration BOUND = Duration.ofSeconds(180);
  private static final int ZOMBIE = 1;
  private static final int OTHER = 2;
  private static final int GATES = 12;

  @TempDir Path gates;
  private final Path folder = Path.of("target", "chaos", "zombie").toAbsolutePath();
  private final Map<String, CompletableFuture<OneNode.Said>> said = new LinkedHashMap<>();
  private Database database;
  private Cluster cluster;
  private OneNode zombie;
  private OneNode other;
  private long pid;

  @BeforeEach
  void start() throws IOException {
    Files.createDirectories(folder);
    database = new Database(folder.resolve("postgres-" + System.nanoTime()));
    cluster = new Cluster(new Surroundings(database, null, Carrier.POSTGRES, 0), folder);
    cluster.start(ZOMBIE);
    cluster.start(OTHER);
    await().atMost(BOUND).until(cluster::allReady);
    await().atMost(BOUND).until(() -> living() == 2);
    Zombies.watch(database);
    pid = cluster.pid(ZOMBIE);
    zombie = new OneNode(cluster.port(ZOMBIE));
    other = new OneNode(cluster.port(OTHER));
  }

  @AfterEach
  void stop() {
    cluster.close();
    database.close();
  }

  @Test
  void a_node_that_was_taken_for_dead_writes_nothing_when_it_wakes() throws IOException {
    List<Passage> asked = passages("asked");
    List<Passage> told = passages("told");
    asked.forEach(each -> said.put(each.id(), zombie.send("gate", "PASS", each, each.id())));
    told.forEach(each -> zombie.send("gate", "PASS_LATER", each, each.id()).join());
    await().atMost(BOUND).until(() -> waiting(asked) && waiting(told));
    List<Passage> inTheZombie =
        asked.stream().filter(each -> Files.exists(each.waiting(pid))).toList();
    assertThat(inTheZombie).as("turns that wait in the node that is frozen").isNotEmpty();

    Database.Held[] leases = new Database.Held[1];
    cluster.freeze(
        ZOMBIE,
        () -> {
          await().atMost(BOUND).until(() -> living() == 1);
          leases[0] = database.holdLeases();
          queueInItsSockets();
          open(pid);
        });

    for (Passage each : inTheZombie) {
      assertThat(answer(each.id()).code()).as("the answer to %s", each).isEqualTo("RLY-4007");
    }
    List<String> accepted = answersWhileDead();
    assertThat(Zombies.findings(database)).isEmpty();
    assertThat(accepted).as("what the zombie called safe").isEmpty();

    leases[0].close();
    open(cluster.pid(OTHER));
    await().atMost(BOUND).until(() -> living() == 2);
    everythingHappensOnce(asked, told);
  }

  private OneNode.Said answer(String id) {
    return Objects.requireNonNull(said.get(id), id).join();
  }

  /** Messages for gates of both nodes. */
  private List<Passage> passages(String kind) {
    return IntStream.range(0, GATES)
        .mapToObj(i -> new Passage(kind + i, kind + "-" + i, gates.toString()))
        .toList();
  }

  private static boolean waiting(List<Passage> passages) {
    return passages.stream()
        .allMatch(
            each -> {
              try (var files = Files.list(Path.of(each.folder()))) {
                String begin = "waiting-" + each.place() + "-" + each.id() + "-";
                return files.anyMatch(file -> file.getFileName().toString().startsWith(begin));
              } catch (IOException gone) {
                return false;
              }
            });
  }

  /** Requests that it finds when it wakes: its sockets take them while it stands still. */
  private void queueInItsSockets() {
    for (int i = 0; i < GATES; i++) {
      String id = "later-" + i;
      Command command = new Command("z" + i, id, List.of());
      said.put(id, zombie.send("source", "SEND_LATER", command, id));
      Map<String, String> word = Map.of("to", "t" + i, "client", "z", "id", "word-" + i);
      said.put("word-" + i, zombie.publish("ANNOUNCED", word, "word-" + i));
    }
  }

  /** Ids of tells and publications that the node accepted though it was dead. */
  private List<String> answersWhileDead() {
    List<String> accepted = new ArrayList<>();
    said.forEach(
        (id, answer) -> {
          if (!id.startsWith("asked-") && answer.join().accepted()) {
            accepted.add(id);
          }
        });
    return accepted;
  }

  private void open(long process) {
    try {
      Files.write(Passage.open(gates, process), new byte[0]);
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private void everythingHappensOnce(List<Passage> asked, List<Passage> told) {
    for (Passage each : asked) {
      await()
          .atMost(BOUND)
          .until(() -> other.send("gate", "PASS", each, each.id()).join().accepted());
    }
    await().atMost(BOUND).until(() -> Oracle.unfinished(database).equals("[]"));
    List<List<String>> wrong =
        database.rows(
            "SELECT message -> 'payload' ->> 'id', count(*) FROM relay.journal"
                + " WHERE actor = 'gate' GROUP BY 1 HAVING count(*) <> 1");
    assertThat(wrong).isEmpty();
    String passed = "SELECT count(*) FROM relay.journal WHERE actor = 'gate'";
    assertThat(database.rows(passed))
        .isEqualTo(List.of(List.of(String.valueOf(asked.size() + told.size()))));
    assertThat(Zombies.findings(database)).isEmpty();
  }

  private int living() {
    return Integer.parseInt(database.rows("SELECT count(*) FROM relay.nodes").get(0).get(0));
  }
}
