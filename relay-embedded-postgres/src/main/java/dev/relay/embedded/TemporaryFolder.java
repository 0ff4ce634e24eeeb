package dev.relay.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A server whose folder lives no longer than itself. */
final class TemporaryFolder {

  private TemporaryFolder() {}

  static EmbeddedPostgres start() {
    Path temp = Path.of(System.getProperty("java.io.tmpdir"));
    Path folder;
    try {
      folder = Files.createTempDirectory(temp, "relay-postgres-");
    } catch (IOException e) {
      throw FileFailure.of(e, temp);
    }
    EmbeddedPostgres server =
        EmbeddedPostgres.at(folder).afterClose(() -> Folders.deleteQuietly(folder)).start();
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "relay-postgres-delete"));
    return server;
  }
}
