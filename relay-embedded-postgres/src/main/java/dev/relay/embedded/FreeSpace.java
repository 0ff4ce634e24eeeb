package dev.relay.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much room a disk has left, asked before something large is written. */
final class FreeSpace {

  /** Measured with 18.6: 60 MB unpacked. */
  static final long PROGRAMS_MEBIBYTES = 70;

  /** Measured with 18.6: 40 MB of fresh data; room for some segments of its log. */
  static final long DATA_MEBIBYTES = 100;

  private FreeSpace() {}

  static void require(Path folder, long mebibytes) {
    if (mebibytes(folder) < mebibytes) {
      throw EmbeddedPostgresException.noSpace(folder, null);
    }
  }

  /** Free mebibytes for this user; a disk that doesn't tell counts as having room. */
  static long mebibytes(Path folder) {
    try {
      return Files.getFileStore(existing(folder)).getUsableSpace() >> 20;
    } catch (IOException e) {
      return Long.MAX_VALUE >> 20;
    }
  }

  private static Path existing(Path folder) {
    Path path = folder.toAbsolutePath();
    while (!Files.exists(path) && path.getParent() != null) {
      path = path.getParent();
    }
    return path;
  }
}
