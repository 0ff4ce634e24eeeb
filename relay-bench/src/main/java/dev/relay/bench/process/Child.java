package dev.relay.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM that the driver started, with what it prints to standard error in a log file. */
final class Child implements AutoCloseable {
  private static final long CLOSE_SECONDS = 20;
  private static final int LOG_LINES = 12;

  private final String name;
  private final Process process;
  private final Wire wire;
  private final Path log;

  private Child(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.wire = new Wire(process.getInputStream(), process.getOutputStream());
    this.log = log;
  }

  static Child start(String name, Class<?> main, List<String> jvmOptions, Path log)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    Process process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    return new Child(name, process, log);
  }

  long pid() {
    return process.pid();
  }

  /** Sends an order and waits for its answer. */
  <T> T ask(Order order, Class<T> answer) throws IOException {
    try {
      wire.send(order);
      return wire.answer(answer);
    } catch (IOException e) {
      throw new IOException(
          "%s failed to %s: %s%n%s".formatted(name, order.verb(), e.getMessage(), logEnd()), e);
    }
  }

  private String logEnd() throws IOException {
    List<String> lines = Files.readAllLines(log);
    return String.join(
        System.lineSeparator(), lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
  }

  /** Lets the child end by closing its input; one that hangs is killed. */
  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    try {
      if (!process.waitFor(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
