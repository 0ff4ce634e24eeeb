package dev.relay.embedded;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The file that the server's words go to; it can't grow without bound. */
final class ServerLog {

  /** Chosen: weeks of a quiet server, and small enough to open in an editor. */
  private static final long LIMIT_BYTES = 4 << 20;

  private final Path file;
  private long start;

  ServerLog(Path file) {
    this.file = file;
  }

  Path file() {
    return file;
  }

  /** Notes where the words of the coming start begin, and moves a log that is full aside. */
  void beginStart() throws IOException {
    if (Files.exists(file) && Files.size(file) > LIMIT_BYTES) {
      Files.move(
          file,
          file.resolveSibling(file.getFileName() + ".old"),
          StandardCopyOption.REPLACE_EXISTING);
    }
    start = Files.exists(file) ? Files.size(file) : 0;
  }

  /** What was written since {@link #beginStart}, at most the last 64 KB. */
  String sinceStart() throws IOException {
    if (!Files.exists(file)) {
      return "";
    }
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      long from = Math.max(Math.min(start, in.length()), in.length() - (64 << 10));
      byte[] bytes = new byte[(int) (in.length() - from)];
      in.seek(from);
      in.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  /** The last line that tells why, without its time and process number. */
  String lastWord() throws IOException {
    return lastWord(sinceStart());
  }

  static String lastWord(String words) {
    List<String> lines = words.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    for (String mark : List.of("PANIC:", "FATAL:", "initdb: error:", "ERROR:", "error:")) {
      for (int i = lines.size() - 1; i >= 0; i--) {
        int at = lines.get(i).indexOf(mark);
        if (at >= 0) {
          return lines.get(i).substring(at + mark.length()).strip();
        }
      }
    }
    return lines.isEmpty() ? "it said nothing" : lines.get(lines.size() - 1);
  }
}
