package dev.relay.chaos.actor;

import java.util.List;

/**
 * A command that reaches its source through a broker.
 *
 * @param client the broker's key
 * @param command an id that no other command has
 */
public record Order(String client, String command, List<Target> targets) {
  Command asCommand() {
    return new Command(client + "-source", command, targets);
  }
}
