package dev.relay.chaos.cluster;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Signals that the JDK can't send. */
public enum Signal {
  /** Lets a process do nothing more, not even notice that time goes by. */
  STOP,
  CONT,
  /** Postgres: cuts all connections and shuts down in order. */
  INT,
  /** Postgres: ends at once, and recovers at the next start. */
  QUIT;

  /** Sends it; a process that is gone meanwhile is fine. */
  public void to(long pid) {
    try {
      Process kill = new ProcessBuilder("kill", "-" + name(), Long.toString(pid)).start();
      if (!kill.waitFor(10, TimeUnit.SECONDS)) {
        kill.destroyForcibly();
      }
    } catch (IOException missing) {
      throw new IllegalStateException("this test needs the program kill", missing);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
