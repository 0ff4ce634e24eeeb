package dev.relay.cli.command;

/** A verb of the command line: its options are fields, its work is here. Used once. */
public interface Verb {
  /**
   * Does the work and returns when it is done. A failure is thrown; one place turns it into text
   * and exit code.
   */
  void run();
}
