package dev.relay.embedded;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The file that the server's words go to; it can't grow without bound. Thread-safe. */
final class ServerLog {

  /** Chosen: weeks of a quiet server, and small enough to open in an editor. */
  static final int LIMIT_BYTES = 4 << 20;

  /** Chosen: the words of one start are some hundred bytes. */
  private static final int START_BYTES = 64 << 10;

  private final Path file;
  private long start;

  ServerLog(Path file) {
    this.file = file;
  }

  Path file() {
    return file;
  }

  /** Makes the file, readable by its owner only, and notes where the words to come begin. */
  synchronized void beginStart() throws IOException {
    if (Files.exists(file)) {
      shorten();
    } else {
      OwnerOnly.write(file, new byte[0]);
    }
    start = Files.size(file);
  }

  /**
   * Moves the words aside when they are many; {@code postgres.log.old} gets the last ones. The file
   * itself stays, since the server has it open; it appends, so that emptying the file is safe.
   */
  synchronized void shorten() {
    try {
      if (Files.size(file) > LIMIT_BYTES) {
        OwnerOnly.write(file.resolveSibling(file.getFileName() + ".old"), tail(0, LIMIT_BYTES));
        try (RandomAccessFile full = new RandomAccessFile(file.toFile(), "rw")) {
          full.setLength(0);
        }
        start = 0;
      }
    } catch (IOException e) {
      // a log that can't be shortened is no reason to stop anything
    }
  }

  /** What was written since {@link #beginStart}, or the end of it. */
  synchronized String sinceStart() throws IOException {
    return new String(tail(start, START_BYTES), StandardCharsets.UTF_8);
  }

  private byte[] tail(long from, int atMost) throws IOException {
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      long first = Math.max(Math.min(from, in.length()), in.length() - atMost);
      byte[] bytes = new byte[(int) (in.length() - first)];
      in.seek(first);
      in.readFully(bytes);
      return bytes;
    }
  }

  /** The last line that tells why, without its time and process number. */
  static String lastWord(String words) {
    List<String> lines = words.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    for (String mark : List.of("PANIC:", "FATAL:", "ERROR:", "error:")) {
      for (int i = lines.size() - 1; i >= 0; i--) {
        int at = lines.get(i).indexOf(mark);
        if (at >= 0) {
          String word = lines.get(i).substring(at + mark.length()).strip();
          // which error it is comes one line before
          return i > 0 && word.endsWith("contains errors") ? words(lines.get(i - 1)) : word;
        }
      }
    }
    return lines.isEmpty() ? "it said nothing" : lines.get(lines.size() - 1);
  }

  private static String words(String line) {
    int level = line.indexOf(":  ");
    return level < 0 ? line : line.substring(level + 1).strip();
  }
}
