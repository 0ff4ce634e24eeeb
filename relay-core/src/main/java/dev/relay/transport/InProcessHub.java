package dev.relay.transport;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Connects the nodes of one process: each gets a transport from the same hub. For tests and for
 * apps that hold several Relays. Thread-safe.
 */
public final class InProcessHub {
  private final Map<String, InProcessTransport> nodes = new ConcurrentHashMap<>();

  /** A transport for one node. */
  public Transport transport() {
    return new InProcessTransport(nodes);
  }
}
