package dev.relay.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server that is kept running: one that dies is started again, and its log is kept short. Knows
 * nothing of locks on the folder. Thread-safe.
 */
final class Server {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);

  /** Chosen: a server that lived shorter than this would only die again. */
  private static final Duration VIABLE = Duration.ofSeconds(10);

  private final Launcher launcher;
  private final String password;
  private final ScheduledThreadPoolExecutor keeper;
  private volatile Postmaster postmaster;
  private int earlyDeaths;
  private boolean stopped;

  private Server(Launcher launcher, String password, Postmaster postmaster) {
    this.launcher = launcher;
    this.password = password;
    this.postmaster = postmaster;
    this.keeper = new ScheduledThreadPoolExecutor(1, Server::daemon);
  }

  /** Makes what is missing on the folder, and starts a server on it. */
  static Server start(Options options, Path folder) throws IOException {
    Platform platform = Platform.current();
    Path data = DataFolder.in(folder);
    Account account = Account.choose(folder, data);
    Binaries binaries = BinariesCache.binaries(options.binaries(), folder, account, platform);
    ServerLog log = new ServerLog(folder.resolve("postgres.log"));
    Ports ports = new Ports(folder.resolve("port"));
    Launcher launcher = new Launcher(binaries, account, data, log, ports);
    log.beginStart();
    launcher.clear();
    Identity identity = new DataFolder(folder, binaries, account, log).prepare(options);
    Server server = new Server(launcher, identity.password(), launcher.launch(options.port()));
    server.keep();
    return server;
  }

  int port() {
    return postmaster.port();
  }

  long pid() {
    return postmaster.pid();
  }

  String password() {
    return password;
  }

  /** Stops the server for good; everything committed is on disk when it returns. */
  void stop() throws IOException {
    keeper.shutdownNow(); // interrupts a start that goes on
    synchronized (this) {
      stopped = true;
      launcher.stop(postmaster);
    }
  }

  private void keep() {
    keeper.scheduleWithFixedDelay(launcher.log()::shorten, 30, 30, TimeUnit.SECONDS);
    reviveAfterDeathOf(postmaster);
  }

  private void reviveAfterDeathOf(Postmaster living) {
    living
        .onExit()
        .thenRun(
            () -> {
              try {
                keeper.execute(this::revive);
              } catch (RejectedExecutionException e) {
                // stopped: that is why it ended
              }
            });
  }

  private synchronized void revive() {
    if (stopped) {
      return;
    }
    earlyDeaths = postmaster.age().compareTo(VIABLE) < 0 ? earlyDeaths + 1 : 0;
    try {
      if (earlyDeaths > 3) {
        LOG.error("PostgreSQL keeps dying and stays down; see {}", launcher.log().file());
        return;
      }
      LOG.warn("PostgreSQL (process {}) died; starting it again on port {}", pid(), port());
      postmaster = launcher.launch(port());
      reviveAfterDeathOf(postmaster);
    } catch (IOException | EmbeddedPostgresException e) {
      LOG.error("PostgreSQL died and could not be started again", e);
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "relay-postgres");
    thread.setDaemon(true);
    return thread;
  }
}
