package dev.relay.testkit.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A master, a replica and one Sentinel that makes the replica the master within seconds when the
 * master dies. Not thread-safe.
 */
public final class RedisSentinels implements AutoCloseable {
  /** The name by which the Sentinel knows the master. */
  public static final String MASTER = "relay-test";

  private static final Duration READY = Duration.ofSeconds(20);

  private final RedisServer master;
  private final RedisServer replica;
  private final RedisServer sentinel;

  private RedisSentinels(RedisServer master, RedisServer replica, RedisServer sentinel) {
    this.master = master;
    this.replica = replica;
    this.sentinel = sentinel;
  }

  /** Starts all three and waits until the Sentinel knows both. */
  public static RedisSentinels start() {
    RedisServer master = RedisServer.start();
    RedisServer replica =
        RedisServer.start("--replicaof", master.host(), Integer.toString(master.port()));
    Await.until(
        READY,
        () -> "the replica has no link to its master",
        () -> replica.command("INFO", "replication").contains("master_link_status:up"));
    RedisServer sentinel =
        RedisServer.started(
            new RedisServer(null, false, List.of(sentinelFile(master), "--sentinel")));
    Await.until(
        READY,
        () -> "the Sentinel doesn't know the replica",
        () -> sentinel.command("INFO", "sentinel").contains("slaves=1"));
    return new RedisSentinels(master, replica, sentinel);
  }

  // a Sentinel writes to its file, and starts with no other kind of configuration
  private static String sentinelFile(RedisServer master) {
    try {
      Path file = Files.createTempFile("relay-sentinel-", ".conf");
      String monitor = MASTER + " " + master.host() + " " + master.port() + " 1";
      Files.writeString(
          file,
          "sentinel monitor "
              + monitor
              + "\nsentinel down-after-milliseconds "
              + MASTER
              + " 500\nsentinel failover-timeout "
              + MASTER
              + " 2000\n");
      file.toFile().deleteOnExit();
      return file.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The one that was the master at the start. */
  public RedisServer master() {
    return master;
  }

  public RedisServer replica() {
    return replica;
  }

  public RedisServer sentinel() {
    return sentinel;
  }

  @Override
  public void close() {
    try (master;
        replica;
        sentinel) {
      // closed in the opposite order, each even where the one before it fails
    }
  }
}
