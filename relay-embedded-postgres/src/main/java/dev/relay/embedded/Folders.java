package dev.relay.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** What the JDK has no single call for: a folder deleted with all in it, a rename made durable. */
final class Folders {

  private Folders() {}

  /** Makes a folder and those above it, where they are missing; a link to a folder is one too. */
  static Path make(Path folder) throws IOException {
    // the JDK's createDirectories refuses the link
    return Files.isDirectory(folder) ? folder : Files.createDirectories(folder);
  }

  /** Deletes a folder and all in it; links are deleted, not followed. Absent is fine. */
  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure) {
            return FileVisitResult.CONTINUE; // gone meanwhile, or shows up as a folder not empty
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
              throws IOException {
            Files.deleteIfExists(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Deletes what can be deleted: for leftovers that harm nobody. */
  static void deleteQuietly(Path folder) {
    try {
      delete(folder);
    } catch (IOException e) {
      // the next start tries again
    }
  }

  /** Makes a file, or a folder's list of names, survive a power cut. */
  static void sync(Path path) throws IOException {
    if (Platform.current().windows()) {
      return; // folders can't be opened there, nor files for reading be flushed
    }
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      if (!Files.isDirectory(path)) {
        throw e;
      } // else a file system that knows no such thing; PostgreSQL passes over that too
    }
  }
}
