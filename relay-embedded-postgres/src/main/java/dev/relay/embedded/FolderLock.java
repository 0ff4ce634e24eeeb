package dev.relay.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The right to run a server on a folder, held by this JVM from {@link #take} to {@link #close}. The
 * operating system drops it when the JVM dies, however it dies. Thread-safe.
 */
final class FolderLock implements AutoCloseable {

  /**
   * Folders that this JVM holds. Static on purpose: closing <em>any</em> channel on a locked file
   * drops the lock of the whole process (POSIX), so a second attempt must be refused before it
   * opens the file.
   */
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final FileChannel channel;

  private FolderLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /**
   * Takes the lock at once or not at all.
   *
   * @param folder an existing folder, as a real path
   * @throws EmbeddedPostgresException of kind LOCKED, naming the process that holds it
   */
  static FolderLock take(Path folder) {
    if (!HELD_HERE.add(folder)) {
      throw EmbeddedPostgresException.locked(folder, "this process");
    }
    try {
      return new FolderLock(folder, locked(folder));
    } catch (IOException e) {
      HELD_HERE.remove(folder);
      throw FileFailure.of(e, folder);
    } catch (EmbeddedPostgresException e) {
      HELD_HERE.remove(folder);
      throw e;
    }
  }

  private static FileChannel locked(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        // a file of its own: reading the locked one would be the trap described above
        Path holder = holderFile(folder);
        Files.deleteIfExists(holder); // another user's, who was killed, couldn't be overwritten
        Files.writeString(holder, Long.toString(ProcessHandle.current().pid()));
        return channel;
      }
      channel.close();
      throw EmbeddedPostgresException.locked(folder, holder(folder));
    } catch (OverlappingFileLockException e) {
      // a second copy of this class in the same JVM; closing the channel would free the first one
      throw EmbeddedPostgresException.locked(folder, "this process");
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** The locked folder, as a real path. */
  Path folder() {
    return folder;
  }

  private static String holder(Path folder) {
    try {
      return "process " + Files.readString(holderFile(folder)).trim();
    } catch (IOException e) {
      return "another process";
    }
  }

  private static Path holderFile(Path folder) {
    return folder.resolve("lock.pid");
  }

  @Override
  public void close() {
    if (!channel.isOpen()) {
      return;
    }
    try (channel) {
      Files.deleteIfExists(holderFile(folder));
    } catch (IOException e) {
      throw FileFailure.of(e, folder);
    } finally {
      HELD_HERE.remove(folder);
    }
  }
}
