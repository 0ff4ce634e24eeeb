package dev.relay.embedded;

import dev.relay.embedded.EmbeddedPostgresException.Kind;
import java.io.IOException;
import java.nio.file.Path;

/** Reads in PostgreSQL's own words what kept it from starting. */
final class StartFailure {

  private StartFailure() {}

  static EmbeddedPostgresException explain(String what, ServerLog log, Path data)
      throws IOException {
    return explain(what, log.sinceStart(), log.file(), data);
  }

  static EmbeddedPostgresException explain(String what, String words, Path log, Path data) {
    String why = ServerLog.lastWord(words);
    if (words.contains("No space left on device") || words.contains("Disk quota exceeded")) {
      return EmbeddedPostgresException.noSpace(data, null);
    }
    if (words.contains("Read-only file system") || why.contains("Permission denied")) {
      return new EmbeddedPostgresException(
          Kind.NO_PERMISSION,
          "PostgreSQL may not use %s (%s): give this user read and write access to it, or choose another folder."
              .formatted(data, why));
    }
    return EmbeddedPostgresException.startFailed(what, why, log);
  }

  /** Whether the failure may pass by itself: what is left of a killed server is still going. */
  static boolean passing(String words) {
    return words.contains("pre-existing shared memory block")
        || words.contains("lock file \"postmaster.pid\" already exists");
  }

  /** Whether another program listens on the port. */
  static boolean portTaken(String words) {
    return words.contains("could not bind IPv4 address")
        || words.contains("could not create any TCP/IP sockets");
  }
}
