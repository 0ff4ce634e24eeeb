package dev.relay.embedded;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A program with an embedded server, to be killed: starts it on the folder in its first argument,
 * says so, and stays until its input ends. The second argument, if any, is where the programs go.
 */
final class ServerMain {

  private ServerMain() {}

  public static void main(String[] arguments) throws IOException {
    EmbeddedPostgres.Builder builder = EmbeddedPostgres.at(Path.of(arguments[0]));
    if (arguments.length > 1) {
      builder.binaries(Path.of(arguments[1]));
    }
    try (EmbeddedPostgres postgres = builder.start()) {
      System.out.printf(
          "ready %d %s %s%n", postgres.pid(), postgres.jdbcUrl(), postgres.password());
      while (System.in.read() >= 0) {
        // stays
      }
    } catch (EmbeddedPostgresException e) {
      System.out.println("refused " + e.kind() + " " + e.getMessage());
    }
  }
}
