package dev.relay.embedded;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * {@code postmaster.pid}, which a server keeps in its data as long as it runs, and leaves behind
 * when it is killed.
 *
 * @param pid the server's process, or what was it once
 * @param status {@code starting}, {@code ready}, {@code stopping}, or empty when not yet written
 */
record PostmasterFile(long pid, String status) {

  static final String NAME = "postmaster.pid";

  /** Larger than any process id that Linux or macOS give: a server that is surely gone. */
  private static final String NOBODY = "2147483647";

  /** Empty when there is none, or none that makes sense. */
  static Optional<PostmasterFile> read(Path data) throws IOException {
    try {
      List<String> lines = lines(data);
      if (lines.isEmpty()) {
        return Optional.empty();
      }
      // a single-user backend writes its id negative
      long pid = Math.abs(Long.parseLong(lines.get(0).trim()));
      // line 8 is the status, see LOCK_FILE_LINE_PM_STATUS in PostgreSQL's pidfile.h
      return Optional.of(new PostmasterFile(pid, lines.size() < 8 ? "" : lines.get(7).trim()));
    } catch (NoSuchFileException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  boolean ready() {
    return status.equals("ready");
  }

  /**
   * Makes the file of a killed server, if there is one, harmless: its process id may be another
   * program's by now, which PostgreSQL would take for a server. The file isn't deleted: its other
   * lines let PostgreSQL find out whether children of the killed server still hold its memory.
   */
  static void disown(Path data) throws IOException {
    if (read(data).isEmpty()) {
      Files.deleteIfExists(data.resolve(NAME)); // cut off by a power cut: it tells nothing
      return;
    }
    List<String> lines = lines(data);
    lines.set(0, NOBODY);
    Files.writeString(data.resolve(NAME), String.join("\n", lines) + "\n", ISO_8859_1);
  }

  private static List<String> lines(Path data) throws IOException {
    // not UTF-8: the second line is a path in whatever encoding the file system has
    return Files.readAllLines(data.resolve(NAME), ISO_8859_1);
  }
}
