package shoppers;

import dev.relay.cli.output.Terminal;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Where nobody looks. */
final class Screens {
  private Screens() {}

  static Progress none() {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    return new Progress(
        new Terminal(new ByteArrayInputStream(new byte[0]), nowhere, nowhere, false, false));
  }
}
