package dev.relay.chaos.oracle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What nodes said that no node should. */
public final class NodeLogs {
  private static final int MOST_SHOWN = 10;

  private NodeLogs() {}

  /** Lines at level ERROR: faults of Relay's own, which no outage excuses. */
  public static List<String> errors(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("node-"))
          .flatMap(NodeLogs::errorsOf)
          .limit(MOST_SHOWN)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<String> errorsOf(Path file) {
    try {
      return Files.readAllLines(file).stream()
          .filter(line -> line.contains(" ERROR ") || line.startsWith("Exception in thread"))
          .map(line -> file.getFileName() + ": " + line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
