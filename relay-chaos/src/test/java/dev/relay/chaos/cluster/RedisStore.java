package dev.relay.chaos.cluster;

/** A real Redis that keeps nothing on disk, and what may happen to it. One thread at a time. */
public interface RedisStore extends AutoCloseable {
  /** Starts what a carrier needs. */
  static RedisStore of(Carrier carrier) {
    return carrier == Carrier.SENTINEL ? new WatchedRedis() : new SingleRedis();
  }

  /** The port that nodes are told: of the server, or of its Sentinel. */
  int port();

  /** Dies and comes back with nothing in it; where there is a replica, it takes over meanwhile. */
  void restartEmpty(Runnable whileDown);

  /** Forgets everything. */
  void flush();

  /** Takes no writes for a while. */
  void readOnly(Runnable meanwhile);

  /** Stops answering for a while, connections open. */
  void freeze(Runnable meanwhile);

  /** Cuts every connection; new ones are taken. */
  void cut();

  @Override
  void close();
}
