package dev.relay.cli;

import dev.relay.cli.config.Session;
import dev.relay.cli.output.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The command inside the test: an environment, a folder, and what a run said. Not thread-safe. */
final class Cli {
  private final Map<String, String> environment = new LinkedHashMap<>();
  private final Path directory;
  private String stdin = "";
  private boolean terminal;

  private Cli(Path directory) {
    this.directory = directory;
  }

  static Cli in(Path directory) {
    return new Cli(directory);
  }

  Cli env(String name, String value) {
    environment.put(name, value);
    return this;
  }

  Cli stdin(String text) {
    stdin = text;
    return this;
  }

  /** A person is looking. */
  Cli onTerminal() {
    terminal = true;
    return this;
  }

  Ran run(String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal streams =
        new Terminal(
            new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            terminal,
            terminal);
    Session session = Session.open(streams, environment, directory, null);
    int code = new RelayCommand(session).run(words);
    return new Ran(
        "relay " + String.join(" ", words),
        code,
        out.toString(StandardCharsets.UTF_8),
        err.toString(StandardCharsets.UTF_8));
  }

  /** What a run said. Printed whole by a failing assertion that is given it as description. */
  record Ran(String command, int code, String out, String err) {}
}
