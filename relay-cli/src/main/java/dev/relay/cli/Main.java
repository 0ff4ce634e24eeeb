package dev.relay.cli;

import dev.relay.cli.config.Session;
import dev.relay.cli.output.Terminal;
import java.nio.file.Path;

/** The {@code relay} command: runs one verb and ends with its exit code. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    Terminal terminal = Terminal.ofProcess();
    String home = System.getProperty("relay.project");
    Session session =
        Session.open(
            terminal,
            System.getenv(),
            Path.of("").toAbsolutePath(),
            home == null ? null : Path.of(home));
    int code = new RelayCommand(session).run(args);
    terminal.flush();
    // exit() would run hooks that nobody has left, and since Java 21 it looks through every jar for
    // a logger to tell of it: 70 ms
    Runtime.getRuntime().halt(code);
  }
}
