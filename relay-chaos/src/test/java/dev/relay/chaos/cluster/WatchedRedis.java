package dev.relay.chaos.cluster;

import dev.relay.testkit.redis.RedisSentinels;
import dev.relay.testkit.redis.RedisServer;

/**
 * A master and a replica that a Sentinel watches: when the master dies or stands still, the other
 * takes over within seconds, and what comes back becomes its replica.
 */
final class WatchedRedis implements RedisStore {
  private final RedisSentinels all = RedisSentinels.start();

  @Override
  public int port() {
    return all.sentinel().port();
  }

  /** Whoever is the master now, by the Sentinel's word. */
  private RedisServer master() {
    String address =
        all.sentinel().command("SENTINEL", "get-master-addr-by-name", RedisSentinels.MASTER);
    boolean second = address.contains(Integer.toString(all.replica().port()));
    return second ? all.replica() : all.master();
  }

  @Override
  public void restartEmpty(Runnable whileDown) {
    RedisServer master = master();
    master.kill();
    whileDown.run();
    master.restartEmpty();
  }

  @Override
  public void flush() {
    master().flush();
  }

  /** By asking for replicas it doesn't have: a Sentinel would mend a changed role. */
  @Override
  public void readOnly(Runnable meanwhile) {
    RedisServer master = master();
    master.command("CONFIG", "SET", "min-replicas-to-write", "9");
    meanwhile.run();
    master.command("CONFIG", "SET", "min-replicas-to-write", "0");
  }

  @Override
  public void freeze(Runnable meanwhile) {
    RedisServer master = master();
    master.freeze();
    meanwhile.run();
    master.thaw();
  }

  @Override
  public void cut() {
    RedisServer master = master();
    master.command("CLIENT", "KILL", "TYPE", "normal");
    master.command("CLIENT", "KILL", "TYPE", "pubsub");
  }

  @Override
  public void close() {
    all.close();
  }
}
