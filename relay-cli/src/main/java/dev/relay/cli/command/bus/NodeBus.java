package dev.relay.cli.command.bus;

import dev.relay.cli.client.NodeClient;
import dev.relay.cli.output.JsonObject;
import java.time.Duration;

/** The bus through a node. */
record NodeBus(NodeClient node) implements BusAccess {
  /** A node gives it up after a minute, and waits for others for a few seconds. */
  private static final Duration REBUILD = Duration.ofSeconds(90);

  @Override
  public JsonObject info() {
    return node.get("/api/bus");
  }

  @Override
  public JsonObject rebuild(boolean anew) {
    return node.post("/api/bus/rebuild", anew ? "{\"anew\":true}" : "{}", REBUILD);
  }
}
