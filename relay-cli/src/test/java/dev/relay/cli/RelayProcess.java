package dev.relay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The command as a process of its own, for what only a process shows: signals, kills, locks. */
final class RelayProcess implements AutoCloseable {
  /** A loaded machine starts a node in ten seconds; this only ends a test that would hang. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final Pattern SERVER = Pattern.compile("Server +(http://\\S+)");

  private final Process process;
  private final Path err;
  private final Path out;

  private RelayProcess(Process process, Path err, Path out) {
    this.process = process;
    this.err = err;
    this.out = out;
  }

  /** Starts {@code relay} with these words in a folder. */
  static RelayProcess start(Path folder, String... words) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
    command.add(Main.class.getName());
    command.addAll(List.of(words));
    try {
      Path err = Files.createTempFile(folder, "err", ".txt");
      Path out = Files.createTempFile(folder, "out", ".txt");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectError(err.toFile())
              .redirectOutput(out.toFile());
      clear(builder.environment());
      return new RelayProcess(builder.start(), err, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // what the machine that tests has configured for itself
  private static void clear(Map<String, String> environment) {
    environment.keySet().removeIf(name -> name.matches("(POSTGRES|REDIS|RELAY)_.*"));
  }

  /** Waits for the ready line and returns where the node answers. */
  String url() {
    await().atMost(PATIENCE).until(() -> said().contains("Ready in") || !process.isAlive());
    Matcher line = SERVER.matcher(said());
    assertThat(line.find()).as(said()).isTrue();
    return line.group(1);
  }

  /** What it has said on stderr so far. */
  String said() {
    return read(err);
  }

  /** What it has printed on stdout so far. */
  String printed() {
    return read(out);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** SIGTERM; returns the exit code. */
  int terminate() {
    process.destroy();
    return exit();
  }

  /** SIGKILL. */
  void kill() {
    process.destroyForcibly();
    exit();
  }

  int exit() {
    try {
      assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as(said()).isTrue();
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      kill();
    }
  }
}
