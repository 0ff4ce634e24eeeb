package dev.relay.testkit.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A Cluster of three masters without replicas. Not thread-safe. */
public final class RedisCluster implements AutoCloseable {
  private static final int SLOTS = 16_384;
  private static final int NODES = 3;
  private static final Duration READY = Duration.ofSeconds(30);

  private final List<RedisServer> nodes = new ArrayList<>();

  private RedisCluster() {}

  /** Starts them and waits until each says that all is well. */
  public static RedisCluster start() {
    RedisCluster cluster = new RedisCluster();
    try {
      for (int i = 0; i < NODES; i++) {
        cluster.nodes.add(
            RedisServer.start("--cluster-enabled", "yes", "--cluster-node-timeout", "2000"));
      }
      cluster.join();
      return cluster;
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  private void join() {
    for (int i = 0; i < NODES; i++) {
      List<String> slots = new ArrayList<>(List.of("CLUSTER", "ADDSLOTS"));
      for (int slot = SLOTS * i / NODES; slot < SLOTS * (i + 1) / NODES; slot++) {
        slots.add(Integer.toString(slot));
      }
      nodes.get(i).command(slots.toArray(String[]::new));
      nodes.get(i).command("CLUSTER", "SET-CONFIG-EPOCH", Integer.toString(i + 1));
    }
    for (RedisServer node : nodes.subList(1, NODES)) {
      nodes.get(0).command("CLUSTER", "MEET", node.host(), Integer.toString(node.port()));
    }
    for (RedisServer node : nodes) {
      Await.until(
          READY,
          () -> "a node of the Cluster isn't ready: " + node.command("CLUSTER", "INFO"),
          () -> ready(node));
    }
  }

  private static boolean ready(RedisServer node) {
    String info = node.command("CLUSTER", "INFO");
    return info.contains("cluster_state:ok") && info.contains("cluster_known_nodes:" + NODES);
  }

  /** The nodes, each a master. */
  public List<RedisServer> nodes() {
    return List.copyOf(nodes);
  }

  @Override
  public void close() {
    nodes.forEach(RedisServer::close);
  }
}
