package dev.relay.embedded;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;

/** Servers whose folder lives no longer than themselves. */
final class TemporaryFolder {

  /** Chosen: a folder that nobody holds an hour after its start was left by a killed JVM. */
  private static final Duration ABANDONED = Duration.ofHours(1);

  private TemporaryFolder() {}

  static EmbeddedPostgres start() {
    Path temp = Path.of(System.getProperty("java.io.tmpdir"));
    Path folder;
    try {
      Path shelf = shelf(temp);
      sweep(shelf);
      folder = Files.createTempDirectory(shelf, "server-");
      letOthersThrough(folder);
    } catch (IOException e) {
      throw FileFailure.of(e, temp);
    }
    try {
      EmbeddedPostgres server = EmbeddedPostgres.at(folder).temporary(true).start();
      Runtime.getRuntime().addShutdownHook(new Thread(server::close, "relay-postgres-end"));
      return server;
    } catch (RuntimeException e) {
      Folders.deleteQuietly(folder);
      throw e;
    }
  }

  /** One folder for all temporary servers of a user, so that they can share unpacked programs. */
  private static Path shelf(Path temp) throws IOException {
    String user = System.getProperty("user.name", "").replaceAll("[^A-Za-z0-9._-]", "_");
    Path shelf = temp.resolve("relay-postgres-" + user);
    if (!Files.exists(shelf)) {
      letOthersThrough(Files.createDirectories(shelf));
    }
    if (ours(shelf)) {
      return shelf;
    }
    Path own = Files.createTempDirectory(temp, "relay-postgres-");
    letOthersThrough(own);
    return own;
  }

  /** In a folder open to all, somebody else may have made one of that name, to slip us programs. */
  private static boolean ours(Path shelf) {
    try {
      Path probe = Files.createTempFile(shelf, "owner-", null);
      boolean same = Files.getOwner(probe).equals(Files.getOwner(shelf));
      Files.delete(probe);
      return same && !Files.isSymbolicLink(shelf) && !BinariesCache.writableByAll(shelf);
    } catch (IOException e) {
      return false;
    }
  }

  /** Root may have to run the server as somebody else, who must get to the data. */
  private static void letOthersThrough(Path folder) throws IOException {
    PosixFileAttributeView posix = Files.getFileAttributeView(folder, PosixFileAttributeView.class);
    if (posix != null) {
      posix.setPermissions(PosixFilePermissions.fromString("rwx--x--x"));
    }
  }

  private static void sweep(Path shelf) throws IOException {
    Instant limit = Instant.now().minus(ABANDONED);
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(shelf, "server-*")) {
      for (Path folder : folders) {
        if (Files.getLastModifiedTime(folder).toInstant().isBefore(limit)) {
          deleteUnheld(folder);
        }
      }
    } catch (IOException e) {
      // somebody else sweeps at the same time
    }
  }

  private static void deleteUnheld(Path folder) throws IOException {
    try (FolderLock lock = FolderLock.take(folder.toRealPath())) {
      if (ServerProcess.on(DataFolder.in(lock.folder())).isEmpty()) {
        Folders.deleteQuietly(lock.folder());
      }
    } catch (EmbeddedPostgresException e) {
      // in use after all
    }
  }
}
