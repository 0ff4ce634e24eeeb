package dev.relay.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

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
  void stop(Binaries binaries, Duration patience) throws IOException {
    Duration shorter = Duration.ofSeconds(5);
    if (!signal("INT", binaries, patience) && !signal("QUIT", binaries, shorter)) {
      handle.destroyForcibly();
      gone(shorter);
    }
  }

  private boolean signal(String name, Binaries binaries, Duration patience) throws IOException {
    String pid = Long.toString(handle.pid());
    // not ProcessHandle.destroy: SIGTERM makes PostgreSQL wait until its clients go
    Command.succeeds(
        Platform.current().windows()
            ? List.of(binaries.program("pg_ctl").toString(), "kill", name, pid)
            : List.of("/bin/sh", "-c", "kill -" + name + " " + pid));
    return gone(patience);
  }

  private boolean gone(Duration patience) throws IOException {
    long end = System.nanoTime() + patience.toNanos();
    while (handle.isAlive() && System.nanoTime() < end) {
      Pause.briefly();
    }
    return !handle.isAlive();
  }

  /** Whether a process is PostgreSQL on this data, and not a stranger that got its number. */
  private static boolean serves(ProcessHandle process, Path data) {
    Path proc = Path.of("/proc", Long.toString(process.pid()));
    if (!Files.isDirectory(proc)) {
      return process.info().command().map(c -> c.contains("postgres")).orElse(false);
    }
    return worksIn(proc, data) || commandLine(proc).contains(data.toString());
  }

  /** A server works in its data folder; only its own user and root may look. */
  private static boolean worksIn(Path proc, Path data) {
    try {
      return Files.isSameFile(proc.resolve("cwd"), data);
    } catch (IOException e) {
      return false;
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
