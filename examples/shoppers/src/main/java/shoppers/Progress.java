package shoppers;

import dev.relay.cli.output.Terminal;

/**
 * One line on stderr that a person watches: written over in place on a terminal, and left out where
 * nobody looks. Not thread-safe.
 */
final class Progress implements AutoCloseable {
  /** A line that wraps can't be written over; the narrowest terminal that is common has 80. */
  private static final int WIDEST = 79;

  private final Terminal terminal;
  private boolean shown;

  Progress(Terminal terminal) {
    this.terminal = terminal;
  }

  void show(String line) {
    if (terminal.errIsTerminal()) {
      terminal.err().print("\r\u001b[K" + line.substring(0, Math.min(line.length(), WIDEST)));
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
