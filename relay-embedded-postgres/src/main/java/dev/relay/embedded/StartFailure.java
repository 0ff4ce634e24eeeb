package dev.relay.embedded;

import dev.relay.embedded.EmbeddedPostgresException.Kind;
import java.io.IOException;
import java.nio.file.Path;

/** Reads in PostgreSQL's own words what kept it from starting. */
final class StartFailure {

  private StartFailure() {}

  /**
   * @param port that was asked for; 0 for any
   */
  static EmbeddedPostgresException of(int port, ServerLog log, Path data) throws IOException {
    String words = log.sinceStart();
    return port != 0 && portTaken(words)
        ? Ports.taken(port)
        : explain("PostgreSQL could not be started", words, log.file(), data);
  }

  static EmbeddedPostgresException explain(String what, ServerLog log, Path data)
      throws IOException {
    return explain(what, log.sinceStart(), log.file(), data);
  }

  static EmbeddedPostgresException explain(String what, String words, Path log, Path data) {
    String why = ServerLog.lastWord(words);
    if (words.contains("No space left on device") || words.contains("Disk quota exceeded")) {
      return EmbeddedPostgresException.noSpace(data, null);
    }
    if (foreign(words)) {
      return new EmbeddedPostgresException(
          Kind.PLATFORM_UNSUPPORTED,
          "PostgreSQL's programs don't run on this system (%s): configure a PostgreSQL of your own."
              .formatted(why));
    }
    if (words.contains("Read-only file system")
        || words.contains("Permission denied")
        || words.contains("has invalid permissions")
        || words.contains("could not change permissions")) {
      return new EmbeddedPostgresException(
          Kind.NO_PERMISSION,
          "PostgreSQL may not work in %s (%s): give this user read and write access to it, or choose a folder on a disk that keeps owners and permissions."
              .formatted(data.getParent(), why));
    }
    if (passing(words)) {
      return new EmbeddedPostgresException(
          Kind.LOCKED,
          "Another PostgreSQL still works on %s (%s): stop it (\"ps\" shows it with that path), or choose another folder."
              .formatted(data, why));
    }
    return new EmbeddedPostgresException(
        Kind.START_FAILED, "%s: %s; more is in %s.".formatted(what, why, log));
  }

  /** The programs are there, and the system can't load them: another C library, or an older one. */
  private static boolean foreign(String words) {
    return words.contains("error while loading shared libraries")
        || words.contains("(required by ")
        || words.contains("/initdb: not found")
        || words.contains("/postgres: not found")
        || words.contains("failed to execute");
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
