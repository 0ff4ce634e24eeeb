package dev.relay.chaos.cluster;

import dev.relay.testkit.redis.RedisServer;

/** One server behind a proxy. */
final class SingleRedis implements RedisStore {
  private final RedisServer server = RedisServer.start();
  private final TcpProxy network = new TcpProxy(server.port());

  @Override
  public int port() {
    return network.port();
  }

  @Override
  public void restartEmpty(Runnable whileDown) {
    server.kill();
    whileDown.run();
    server.restartEmpty();
  }

  @Override
  public void flush() {
    server.flush();
  }

  @Override
  public void readOnly(Runnable meanwhile) {
    server.readOnly(true);
    meanwhile.run();
    server.readOnly(false);
  }

  @Override
  public void freeze(Runnable meanwhile) {
    server.freeze();
    meanwhile.run();
    server.thaw();
  }

  @Override
  public void cut() {
    network.cut();
  }

  @Override
  public void close() {
    network.close();
    server.close();
  }
}
