package dev.relay.chaos.cluster;

import dev.relay.testkit.redis.RedisServer;

/** A real Redis behind a proxy, which keeps nothing on disk. Used by one thread at a time. */
public final class RedisStore implements AutoCloseable {
  private final RedisServer server = RedisServer.start();
  private final TcpProxy network = new TcpProxy(server.port());

  /** The way the nodes come. */
  public TcpProxy network() {
    return network;
  }

  /** Dies and comes back with nothing in it. */
  public void restartEmpty(Runnable whileDown) {
    server.kill();
    whileDown.run();
    server.restartEmpty();
  }

  /** Forgets everything. */
  public void flush() {
    server.flush();
  }

  /** Takes no writes for a while. */
  public void readOnly(Runnable meanwhile) {
    server.readOnly(true);
    meanwhile.run();
    server.readOnly(false);
  }

  /** Stops answering for a while, connections open. */
  public void freeze(Runnable meanwhile) {
    server.freeze();
    meanwhile.run();
    server.thaw();
  }

  @Override
  public void close() {
    network.close();
    server.close();
  }
}
