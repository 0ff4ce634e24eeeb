package dev.relay.cli.command;

import dev.relay.cli.config.Session;
import dev.relay.cli.option.Arguments;

/** A verb of the command line: its words are fields, its work is {@link #run}. Used once. */
public abstract class Verb {
  protected final Session session;
  protected final Arguments arguments = new Arguments();

  /**
   * @param examples two or three real command lines for the help page
   */
  protected Verb(Session session, String... examples) {
    this.session = session;
    arguments.examples(examples);
  }

  /** The words it takes. */
  public final Arguments arguments() {
    return arguments;
  }

  /**
   * Does the work and returns when it is done. A failure is thrown; one place turns it into text
   * and exit code.
   */
  public abstract void run();
}
