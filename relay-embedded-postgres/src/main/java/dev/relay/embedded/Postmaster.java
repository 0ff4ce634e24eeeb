package dev.relay.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A running server on a data folder. */
final class Postmaster {

  /** Chosen: long enough to replay a full gigabyte of log on a slow disk. */
  private static final Duration START_PATIENCE = Duration.ofMinutes(5);

  /** Chosen: a shutdown writes at most the 128 MB of shared buffers. */
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);

  /** Chosen: children of a killed server notice its death within a second when not busy. */
  private static final Duration REMAINS_PATIENCE = Duration.ofSeconds(20);

  private final WatchedProcess process;
  private final Path data;
  private final int port;

  private Postmaster(WatchedProcess process, Path data, int port) {
    this.process = process;
    this.data = data;
    this.port = port;
  }

  /** Starts a server and returns when it takes connections. */
  static Postmaster start(
      Binaries binaries, Account account, DataFolder folder, ServerLog log, Ports ports, int wanted)
      throws IOException {
    long end = System.nanoTime() + REMAINS_PATIENCE.toNanos();
    while (true) {
      stopWhatLives(folder.path());
      int port = ports.choose(wanted);
      log.beginStart();
      List<String> command = new ArrayList<>();
      command.addAll(List.of(binaries.program("postgres").toString(), "-D"));
      command.add(folder.path().toString());
      command.addAll(Settings.commandLine(port));
      WatchedProcess process = WatchedProcess.start(account.command(command), log.file());
      if (awaitReady(process, folder.path())) {
        ports.remember(port);
        return new Postmaster(process, folder.path(), port);
      }
      process.stop(STOP_PATIENCE);
      failUnlessPassing(log, folder.path(), wanted, end);
    }
  }

  private static void failUnlessPassing(ServerLog log, Path data, int wanted, long end)
      throws IOException {
    String words = log.sinceStart();
    boolean again = StartFailure.passing(words) || (StartFailure.portTaken(words) && wanted == 0);
    if (again && System.nanoTime() < end) {
      Pause.briefly();
      return;
    }
    if (StartFailure.portTaken(words) && wanted != 0) {
      throw Ports.taken(wanted);
    }
    throw StartFailure.explain("PostgreSQL could not be started", log, data);
  }

  /** Stops the server of a JVM that was killed, and clears away what would keep a new one out. */
  static void stopWhatLives(Path data) throws IOException {
    Optional<ServerProcess> orphan = ServerProcess.on(data);
    if (orphan.isPresent()) {
      orphan.get().stop(STOP_PATIENCE);
    } else if (PostmasterFile.read(data).isPresent()) {
      PostmasterFile.disown(data);
    }
  }

  private static boolean awaitReady(WatchedProcess process, Path data) throws IOException {
    long end = System.nanoTime() + START_PATIENCE.toNanos();
    while (process.running() && System.nanoTime() < end) {
      Optional<PostmasterFile> file = PostmasterFile.read(data);
      if (file.isPresent() && file.get().ready() && file.get().pid() == process.pid()) {
        return true;
      }
      Pause.briefly();
    }
    return false;
  }

  int port() {
    return port;
  }

  long pid() {
    return process.pid();
  }

  /** Stops the server; everything committed is on disk when it returns. */
  void stop() throws IOException {
    if (Platform.current().windows() || !process.stop(STOP_PATIENCE)) {
      stopWhatLives(data);
    } else if (Files.exists(data.resolve(PostmasterFile.NAME))) {
      stopWhatLives(data); // the shell was killed, not the server
    }
  }
}
