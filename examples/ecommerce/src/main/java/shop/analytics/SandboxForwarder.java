package shop.analytics;

import dev.relay.message.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Stands in for Mixpanel: a batch is a file with an event a line, the same file when it comes
 * again. Thread-safe.
 */
final class SandboxForwarder implements Forwarder {
  private final Path folder;

  SandboxForwarder(Path folder) {
    this.folder = folder;
  }

  @Override
  public void forward(String batch, List<Happened> events) {
    String lines =
        events.stream()
            .map(event -> Json.mapper().writeValueAsString(event) + "\n")
            .collect(Collectors.joining());
    String name = batch.replaceAll("[^A-Za-z0-9_-]", "_") + ".jsonl";
    try {
      Files.createDirectories(folder);
      Path aside = Files.createTempFile(folder, "new", null);
      Files.writeString(aside, lines);
      Files.move(aside, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("the sandbox can't write to " + folder, e);
    }
  }
}
