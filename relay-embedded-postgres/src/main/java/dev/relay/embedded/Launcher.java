package dev.relay.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Starts and stops servers on a data folder.
 *
 * @param data made and configured before the first launch
 */
record Launcher(Binaries binaries, Account account, Path data, ServerLog log, Ports ports) {

  /** Chosen: long enough to replay a full gigabyte of log on a slow disk. */
  private static final Duration START_PATIENCE = Duration.ofMinutes(5);

  /** Chosen: a shutdown writes at most the shared buffers, 128 MB by default. */
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);

  /** Chosen: children of a killed server notice its death within a second when not busy. */
  private static final Duration REMAINS_PATIENCE = Duration.ofSeconds(20);

  /**
   * Starts a server and returns when it takes connections.
   *
   * @param wanted the port; 0 for any
   */
  Postmaster launch(int wanted) throws IOException {
    long end = System.nanoTime() + REMAINS_PATIENCE.toNanos();
    while (true) {
      clear();
      int port = ports.choose(wanted);
      log.beginStart();
      WatchedProcess process = WatchedProcess.start(account.command(command(port)), log.file());
      if (ready(process)) {
        ports.remember(port);
        return new Postmaster(process, port, System.nanoTime());
      }
      if (System.nanoTime() > end || !passing(wanted)) {
        throw StartFailure.of(wanted, log, data);
      }
      Pause.briefly();
    }
  }

  /** Stops a server, and whatever else lives on the folder. */
  void stop(Postmaster postmaster) throws IOException {
    boolean windows = Platform.current().windows(); // the process knows no interrupt there
    if (!windows) {
      postmaster.process().stop(STOP_PATIENCE);
    }
    if (Files.exists(data.resolve(PostmasterFile.NAME))) {
      // it hangs, or the watching shell was killed and not the server
      clear(windows ? STOP_PATIENCE : Duration.ofSeconds(2));
    }
  }

  /** Stops the server of a JVM that was killed, and clears away what would keep a new one out. */
  void clear() throws IOException {
    clear(STOP_PATIENCE);
  }

  private void clear(Duration patience) throws IOException {
    Optional<ServerProcess> orphan = ServerProcess.on(data);
    if (orphan.isPresent()) {
      orphan.get().stop(binaries, patience);
    } else {
      PostmasterFile.disown(data);
    }
  }

  private List<String> command(int port) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(binaries.program("postgres").toString(), "-D", data.toString()));
    command.addAll(Settings.commandLine(port));
    return command;
  }

  /** Waits until the server takes connections; where it doesn't come to that, stops it. */
  private boolean ready(WatchedProcess process) throws IOException {
    boolean ready = false;
    try {
      long end = System.nanoTime() + START_PATIENCE.toNanos();
      while (!ready && process.running() && System.nanoTime() < end) {
        Pause.briefly();
        ready =
            PostmasterFile.read(data)
                .filter(file -> file.ready() && file.pid() == process.pid())
                .isPresent();
      }
      return ready;
    } finally {
      if (!ready) {
        process.stop(STOP_PATIENCE);
      }
    }
  }

  private boolean passing(int wanted) throws IOException {
    String words = log.sinceStart();
    return StartFailure.passing(words) || (wanted == 0 && StartFailure.portTaken(words));
  }
}
