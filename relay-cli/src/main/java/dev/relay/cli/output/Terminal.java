package dev.relay.cli.output;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * What a command reads and writes: results go to {@code out}, talk to {@code err}.
 *
 * @param in the standard input
 * @param out results
 * @param err everything else
 * @param outIsTerminal whether a person looks at {@code out}
 * @param errIsTerminal whether a person looks at {@code err}
 */
public record Terminal(
    InputStream in,
    PrintStream out,
    PrintStream err,
    boolean outIsTerminal,
    boolean errIsTerminal) {

  /**
   * The process's own streams, always in UTF-8. Which of them are terminals is told by the launcher
   * in {@code relay.tty} (the digits 1 and 2), because Java can't tell them apart.
   */
  public static Terminal ofProcess() {
    String terminals = System.getProperty("relay.tty", "");
    return new Terminal(
        System.in,
        stream(FileDescriptor.out, false),
        stream(FileDescriptor.err, true),
        terminals.indexOf('1') >= 0,
        terminals.indexOf('2') >= 0);
  }

  private static PrintStream stream(FileDescriptor descriptor, boolean atOnce) {
    return new PrintStream(
        new java.io.BufferedOutputStream(new FileOutputStream(descriptor), 8192),
        atOnce,
        StandardCharsets.UTF_8);
  }

  /** Hands everything written so far to the reader. */
  public void flush() {
    out.flush();
    err.flush();
  }
}
