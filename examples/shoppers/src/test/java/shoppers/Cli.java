package shoppers;

import dev.relay.cli.RelayCommand;
import dev.relay.cli.config.Session;
import dev.relay.cli.output.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** The command as somebody types it at a terminal in the repository. */
record Cli(int code, String out, String err) {
  private static final Path PROJECT = Path.of("../..").toAbsolutePath().normalize();

  static Cli run(String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            new ByteArrayInputStream(new byte[0]),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            true);
    int code = new RelayCommand(Session.open(terminal, Map.of(), PROJECT, null)).run(words);
    return new Cli(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
