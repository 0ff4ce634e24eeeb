package shoppers;

import dev.relay.cli.output.Terminal;

/**
 * One line on stderr that a person watches: written over in place on a terminal, and left out where
 * nobody looks. Not thread-safe.
 */
final class Progress implements AutoCloseable {
  private final Terminal terminal;
  private boolean shown;

  Progress(Terminal terminal) {
    this.terminal = terminal;
  }

  void show(String line) {
    if (terminal.errIsTerminal()) {
      terminal.err().print("\r\u001b[K" + line);
      terminal.err().flush();
      shown = true;
    }
  }

  /** Takes the line away. */
  @Override
  public void close() {
    if (shown) {
      terminal.err().print("\r\u001b[K");
      terminal.err().flush();
    }
  }
}
