package dev.relay.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A short program, run to its end. */
final class Command {

  private Command() {}

  /** Whether the program says yes (status 0) within 10 s; what it prints is dropped. */
  static boolean succeeds(List<String> command) throws IOException {
    return run(prepare(command).redirectOutput(Redirect.DISCARD), "", Duration.ofSeconds(10)) == 0;
  }

  /**
   * Runs a program.
   *
   * @param input on its standard input
   * @param log gets what it prints on both streams, appended
   * @return its status; -1 when it took too long and was killed
   */
  static int run(List<String> command, String input, Path log, Duration patience)
      throws IOException {
    return run(prepare(command).redirectOutput(Redirect.appendTo(log.toFile())), input, patience);
  }

  private static int run(ProcessBuilder builder, String input, Duration patience)
      throws IOException {
    Process process = builder.start();
    try (OutputStream in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // it ended without reading: its status tells
    }
    try {
      if (process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        return process.exitValue();
      }
      process.destroyForcibly();
      return -1;
    } catch (InterruptedException e) {
      process.destroyForcibly();
      throw Pause.interrupted();
    }
  }

  /**
   * A process builder whose environment can't bend what PostgreSQL does or says, and that has one
   * stream for all output.
   */
  static ProcessBuilder prepare(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("PG"));
    environment.remove("LD_LIBRARY_PATH"); // would come before the libraries in the archive
    environment.put("LC_ALL", "C"); // messages are read by this package
    return builder;
  }
}
