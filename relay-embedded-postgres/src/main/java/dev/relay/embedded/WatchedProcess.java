package dev.relay.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A program that can't outlive this JVM: it runs under a small shell that waits on a pipe from us
 * and interrupts the program when the pipe closes, be it by {@link #stop} or because the JVM is
 * gone, {@code kill -9} included. On Windows, where no such shell is at hand, the program runs
 * bare.
 */
final class WatchedProcess {

  /**
   * $1 is the log, the rest is the program. The interrupt is repeated, since one that comes before
   * the program has installed its handler is lost: shells start background programs deaf to it.
   */
  private static final String WATCH =
      """
      log=$1; shift
      trap '' HUP INT TERM
      exec 3<&0 </dev/null
      "$@" 3<&- >>"$log" 2>&1 &
      program=$!
      echo "$program"
      ( read -r _ <&3
        while kill -INT "$program" 2>/dev/null; do sleep 1; done ) >/dev/null 2>&1 &
      watcher=$!
      exec 3<&- >/dev/null 2>&1
      wait "$program"
      status=$?
      kill -9 "$watcher"
      exit "$status"
      """;

  private final Process shell;
  private final long pid;

  private WatchedProcess(Process shell, long pid) {
    this.shell = shell;
    this.pid = pid;
  }

  /**
   * Starts a program; returns when it has a process id, not when it is ready.
   *
   * @param log gets what the program prints on both streams, appended
   */
  static WatchedProcess start(List<String> command, Path log) throws IOException {
    if (Platform.current().windows()) {
      Process process =
          Command.prepare(command)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      return new WatchedProcess(process, process.pid());
    }
    Process shell = Command.prepare(watched(command, log)).start();
    BufferedReader output =
        new BufferedReader(new InputStreamReader(shell.getInputStream(), StandardCharsets.UTF_8));
    String first = output.readLine();
    try {
      return new WatchedProcess(shell, Long.parseLong(String.valueOf(first)));
    } catch (NumberFormatException e) {
      shell.destroyForcibly();
      throw new IOException("the shell that watches " + command.get(0) + " said: " + first, e);
    }
  }

  /**
   * A session of its own keeps Ctrl-C at the terminal, which is meant for the JVM, away from it.
   */
  private static List<String> watched(List<String> command, Path log) {
    List<String> all = new ArrayList<>();
    boolean session = onPath("setsid");
    if (session) {
      all.add("setsid");
    }
    // without setsid (macOS), job control gives the program a process group of its own
    all.addAll(List.of("/bin/sh", "-c", session ? WATCH : "set -m 2>/dev/null\n" + WATCH));
    all.addAll(List.of("relay-postgres", log.toString()));
    all.addAll(command);
    return all;
  }

  private static boolean onPath(String program) {
    String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
    for (String folder : path.split(":", -1)) {
      if (Files.isExecutable(Path.of(folder, program))) {
        return true;
      }
    }
    return false;
  }

  /** The program's process id (not the shell's). */
  long pid() {
    return pid;
  }

  /** Whether the shell, and with it the program, still runs. */
  boolean running() {
    return shell.isAlive();
  }

  /** Completes when {@link #running()} turns false. */
  CompletableFuture<?> onExit() {
    return shell.onExit();
  }

  /**
   * Interrupts the program and waits for its end, whoever interrupts us meanwhile; false when it
   * isn't over by then.
   */
  boolean stop(Duration patience) {
    try {
      shell.getOutputStream().close();
    } catch (IOException e) {
      // the shell is gone already
    }
    return awaitUninterrupted(patience);
  }

  /** Waits for the end; false when it isn't over by then. */
  boolean await(Duration patience) throws IOException {
    try {
      return shell.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw Pause.interrupted();
    }
  }

  private boolean awaitUninterrupted(Duration patience) {
    boolean interrupted = Thread.interrupted();
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      try {
        return shell.waitFor(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        interrupted = true;
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }

  /** The program's exit status; only after it ended. */
  int status() {
    return shell.exitValue();
  }
}
