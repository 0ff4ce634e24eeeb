package dev.relay.cli.failure;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A failure that only the command line knows: a port in use, a node that doesn't answer, a name
 * that isn't there. The message is one sentence of what was expected and what was found.
 */
public final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;
  private final @Nullable String fix;
  private final transient List<String> details;

  private CommandFailure(
      ExitCode exitCode, String message, @Nullable String fix, List<String> details) {
    super(message);
    this.exitCode = exitCode;
    this.fix = fix;
    this.details = details;
  }

  public static CommandFailure of(ExitCode exitCode, String message) {
    return new CommandFailure(exitCode, message, null, List.of());
  }

  /** The user asked for something that isn't a command. */
  public static CommandFailure usage(String message) {
    return of(ExitCode.USAGE, message);
  }

  /** The same failure with what to type or do next. */
  public CommandFailure fix(@Nullable String next) {
    return new CommandFailure(exitCode, String.valueOf(getMessage()), next, details);
  }

  /** The same failure with one line for each thing that is wrong. */
  public CommandFailure details(List<String> lines) {
    return new CommandFailure(exitCode, String.valueOf(getMessage()), fix, List.copyOf(lines));
  }

  public ExitCode exitCode() {
    return exitCode;
  }

  @Nullable String fix() {
    return fix;
  }

  List<String> details() {
    return details;
  }
}
