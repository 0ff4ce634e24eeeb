package dev.relay.cli.command.bus;

import dev.relay.cli.output.JsonObject;

/** The bus, wherever it is reached; answers have the form of {@code /api/bus}. */
interface BusAccess {
  JsonObject info();

  JsonObject rebuild(boolean anew);
}
