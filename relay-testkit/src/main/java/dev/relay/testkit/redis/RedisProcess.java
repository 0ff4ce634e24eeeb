package dev.relay.testkit.redis;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A server's process, under a shell that watches this one: when the JVM dies, however it dies, the
 * shell reads the end of its input and kills the server, frozen or not.
 */
final class RedisProcess {
  private static final String WATCH =
      "exec 3<&0; \"$@\" </dev/null >/dev/null 2>&1 & p=$!; echo $p; cat <&3 >/dev/null;"
          + " kill -KILL $p";

  private final Process shell;
  private final long pid;

  private RedisProcess(Process shell, long pid) {
    this.shell = shell;
    this.pid = pid;
  }

  static RedisProcess start(Path program, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of("sh", "-c", WATCH, "sh", program.toString()));
    command.addAll(arguments);
    try {
      Process shell =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      BufferedReader out = shell.inputReader(StandardCharsets.US_ASCII);
      return new RedisProcess(shell, Long.parseLong(out.readLine().strip()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long pid() {
    return pid;
  }

  boolean alive() {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }

  /** Sends a signal by its name without {@code SIG}. */
  void signal(String name) {
    try {
      int code = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
      if (code != 0 && alive()) {
        throw new IllegalStateException("kill -" + name + " " + pid + " ended with " + code);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Kills it and waits until it is gone. */
  void kill() {
    try {
      shell.getOutputStream().close();
      shell.waitFor();
      ProcessHandle.of(pid).ifPresent(process -> process.onExit().join());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
