package dev.relay.testkit.redis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A port that nobody listens on, with the one 10,000 above it, which a Cluster's node takes too.
 * Below the range from which systems give out ports, so that it is still free a moment later.
 */
final class FreePort {
  private static final int LOWEST = 21_000;
  private static final int HIGHEST = 32_000;
  private static final int BUS = 10_000;

  private FreePort() {}

  static int find() {
    for (int attempt = 0; attempt < 1000; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
      if (free(port) && free(port + BUS)) {
        return port;
      }
    }
    throw new IllegalStateException("no free port from " + LOWEST + " to " + HIGHEST);
  }

  private static boolean free(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
