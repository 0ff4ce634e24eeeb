package dev.relay.cli.option;

import dev.relay.cli.failure.CommandFailure;
import dev.relay.cli.output.Terminal;
import java.io.IOException;
import java.util.Locale;

/** Asking a person before something is done that can't be undone; a script says {@code --yes}. */
public final class Confirmation {
  private final Word<Boolean> yes;

  public Confirmation(Arguments arguments) {
    yes = arguments.flag("-y,--yes", "do it without asking");
  }

  /** Whether it was agreed to already, by {@code --yes}. */
  public boolean given() {
    return yes.said();
  }

  /**
   * Whether to go on; asks a person, and refuses where nobody can be asked.
   *
   * @param meant what would be done, for the refusal
   * @param question what the person answers
   * @param agreeing the command line that agrees
   */
  public boolean agreed(Terminal terminal, String meant, String question, String agreeing) {
    if (given()) {
      return true;
    }
    if (!terminal.errIsTerminal() || !terminal.outIsTerminal()) {
      throw CommandFailure.usage(meant + ", and nobody can be asked; nothing was done")
          .fix(agreeing);
    }
    terminal.err().print(question + " [y/N] ");
    terminal.err().flush();
    boolean agreed = isYes(terminal);
    if (!agreed) {
      terminal.err().println("nothing was done");
    }
    return agreed;
  }

  private static boolean isYes(Terminal terminal) {
    try {
      StringBuilder line = new StringBuilder();
      for (int next = terminal.in().read();
          next >= 0 && next != '\n';
          next = terminal.in().read()) {
        line.append((char) next);
      }
      String word = line.toString().strip().toLowerCase(Locale.ROOT);
      return word.equals("y") || word.equals("yes");
    } catch (IOException e) {
      return false;
    }
  }
}
