package dev.relay.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A short program, run to its end. */
final class Command {

  /**
   * How it ended.
   *
   * @param status the exit status; 124 when it took too long and was stopped
   * @param output what it printed on both streams
   */
  record Outcome(int status, String output) {
    boolean succeeded() {
      return status == 0;
    }
  }

  private Command() {}

  /** Runs with nothing on standard input. */
  static Outcome run(List<String> command, Duration patience) throws IOException {
    return run(command, "", patience);
  }

  /** Runs with the given text on standard input. */
  static Outcome run(List<String> command, String input, Duration patience) throws IOException {
    Path output = Files.createTempFile("relay-", ".out");
    try {
      Process process =
          prepare(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
      try (OutputStream in = process.getOutputStream()) {
        in.write(input.getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        // it ended without reading: its status tells
      }
      int status = await(process, patience);
      return new Outcome(status, new String(Files.readAllBytes(output), StandardCharsets.UTF_8));
    } finally {
      Files.deleteIfExists(output);
    }
  }

  /** A process builder whose environment can't bend what PostgreSQL does or says. */
  static ProcessBuilder prepare(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("PG"));
    environment.remove("LD_LIBRARY_PATH"); // would come before the libraries in the archive
    environment.put("LC_ALL", "C"); // messages are read by this package
    return builder;
  }

  private static int await(Process process, Duration patience) throws IOException {
    try {
      if (process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        return process.exitValue();
      }
      process.destroyForcibly();
      return 124;
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for " + process, e);
    }
  }
}
