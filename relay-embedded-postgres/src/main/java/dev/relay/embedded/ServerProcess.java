package dev.relay.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A PostgreSQL server seen from outside, as a process that may be no child of ours. */
record ServerProcess(ProcessHandle handle) {

  /** The live server that runs on this data, by its {@code postmaster.pid}. */
  static Optional<ServerProcess> on(Path data) throws IOException {
    return PostmasterFile.read(data)
        .flatMap(file -> ProcessHandle.of(file.pid()))
        .filter(ProcessHandle::isAlive)
        .filter(process -> serves(process, data))
        .map(ServerProcess::new);
  }

  /**
   * Stops it: politely (connections are cut, everything is written), then at once, then for good.
   * Whatever the way, no committed row is lost.
   */
  void stop(Duration patience) throws IOException {
    if (!signal("INT", patience) && !signal("QUIT", Duration.ofSeconds(5))) {
      signal("KILL", Duration.ofSeconds(5));
    }
  }

  private boolean signal(String name, Duration patience) throws IOException {
    CompletableFuture<ProcessHandle> end = handle.onExit();
    if (Platform.current().windows()) {
      handle.destroyForcibly(); // there are no signals; recovery does the rest
    } else {
      // not ProcessHandle.destroy: SIGTERM makes PostgreSQL wait until its clients go
      Command.run(
          List.of("/bin/sh", "-c", "kill -" + name + " " + handle.pid()), Duration.ofSeconds(5));
    }
    try {
      end.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return !handle.isAlive();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
  }

  /** Whether a process is PostgreSQL on this data, and not a stranger that got its number. */
  private static boolean serves(ProcessHandle process, Path data) {
    Path proc = Path.of("/proc", Long.toString(process.pid()));
    if (!Files.isDirectory(proc)) {
      return process.info().command().map(c -> c.contains("postgres")).orElse(false);
    }
    try {
      // a server works in its data folder; only its own user and root may look
      return Files.isSameFile(proc.resolve("cwd"), data);
    } catch (IOException e) {
      return commandLine(proc).contains(data.toString());
    }
  }

  private static String commandLine(Path proc) {
    try {
      return new String(Files.readAllBytes(proc.resolve("cmdline")), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }
}
