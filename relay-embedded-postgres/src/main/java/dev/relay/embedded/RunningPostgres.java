package dev.relay.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A server that some process runs on a folder now, as another process of the same user reaches it:
 * a short command beside a running node. It doesn't keep the server alive. Immutable.
 *
 * @param port on loopback
 * @param database the name of a database in it
 * @param user the user the data belongs to
 * @param password the user's password
 */
public record RunningPostgres(int port, String database, String user, String password) {

  /**
   * The server that is ready on this folder; empty where there is none, or where this user can't
   * see it.
   *
   * @param dataDirectory as given to {@link EmbeddedPostgres#at}
   */
  public static Optional<RunningPostgres> on(Path dataDirectory) {
    Path data = DataFolder.in(dataDirectory);
    try {
      Optional<PostmasterFile> file = PostmasterFile.read(data);
      if (file.isEmpty() || !file.get().ready() || !alive(file.get().pid())) {
        return Optional.empty();
      }
      int port = Integer.parseInt(Files.readString(dataDirectory.resolve("port")).trim());
      Identity identity = Identity.read(data);
      String database = identity.databases().stream().sorted().findFirst().orElse("");
      return Optional.of(new RunningPostgres(port, database, identity.user(), identity.password()));
    } catch (IOException | NumberFormatException | EmbeddedPostgresException e) {
      return Optional.empty();
    }
  }

  /** {@code jdbc:postgresql://host:port/database}, without user and password. */
  public String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  /** Says nothing of the password. */
  @Override
  public String toString() {
    return "RunningPostgres[" + jdbcUrl() + ", user=" + user + "]";
  }

  private static boolean alive(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }
}
