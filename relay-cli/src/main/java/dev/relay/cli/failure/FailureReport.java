package dev.relay.cli.failure;

import dev.relay.cli.output.Style;
import dev.relay.cli.output.Table;
import dev.relay.cli.output.Terminal;
import dev.relay.definition.InvalidDefinitionException;
import dev.relay.definition.Problem;
import dev.relay.embedded.EmbeddedPostgresException;
import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import dev.relay.schema.Violation;
import dev.relay.server.ServerStartException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The one place that turns a failure into text and exit code. The text has four parts: the code,
 * what happened, where (a line each), and what to do.
 */
public final class FailureReport {
  private final Terminal terminal;
  private final Map<String, String> environment;
  private final Path directory;
  private final PrintStream err;
  private final Style style;

  /**
   * @param environment the process's variables
   * @param directory the folder the user is in; paths below it are shown from there
   */
  public FailureReport(Terminal terminal, Map<String, String> environment, Path directory) {
    this.terminal = terminal;
    this.environment = environment;
    this.directory = directory;
    this.err = terminal.err();
    this.style = Style.of("auto", environment, terminal.errIsTerminal());
  }

  /** Tells the user what happened and returns the exit code. */
  public ExitCode tell(Throwable failure) {
    terminal.out().flush();
    if (environment.containsKey("RELAY_DEBUG")) {
      failure.printStackTrace(err);
    }
    if (failure instanceof RelayException relay) {
      return tell(relay);
    }
    if (failure instanceof CommandFailure command) {
      return tell(command);
    }
    if (failure instanceof InvalidDefinitionException invalid) {
      return tell(invalid);
    }
    if (failure instanceof EmbeddedPostgresException postgres) {
      return tell(postgres);
    }
    if (failure instanceof ServerStartException) {
      head("", String.valueOf(failure.getMessage()));
      return ExitCode.FAILED;
    }
    return unexpected(failure);
  }

  private ExitCode tell(InvalidDefinitionException failure) {
    ErrorCode code = ErrorCode.DEFINITION_INVALID;
    int count = failure.problems().size();
    head(code.code(), (count == 1 ? "1 problem" : count + " problems") + " in actor definitions");
    String here = directory + "/";
    for (Problem problem : failure.problems()) {
      String line = problem.toString();
      err.println("  " + (line.startsWith(here) ? line.substring(here.length()) : line));
    }
    more(code);
    return ExitCode.of(code);
  }

  private ExitCode tell(EmbeddedPostgresException failure) {
    head("", String.valueOf(failure.getMessage()));
    if (failure.kind() == EmbeddedPostgresException.Kind.LOCKED) {
      fix("--data FOLDER keeps another database elsewhere");
    }
    return failure.kind() == EmbeddedPostgresException.Kind.NO_PERMISSION
        ? ExitCode.NOT_ALLOWED
        : ExitCode.FAILED;
  }

  private ExitCode tell(RelayException failure) {
    String reason = failure.reason().map(word -> word + ": ").orElse("");
    head(failure.code().code(), reason + failure.getMessage());
    Table places = new Table();
    for (Violation violation : failure.violations()) {
      String pointer = violation.pointer().isEmpty() ? "(document)" : violation.pointer();
      places.row("  " + pointer, violation.message());
    }
    err.print(places.render(Style.PLAIN));
    fix(failure.remedy().orElse(null));
    more(failure.code());
    return ExitCode.of(failure.code());
  }

  private ExitCode tell(CommandFailure failure) {
    head("", String.valueOf(failure.getMessage()));
    for (String line : failure.details()) {
      err.println("  " + line);
    }
    fix(failure.fix());
    return failure.exitCode();
  }

  private ExitCode unexpected(Throwable failure) {
    String message = failure.getMessage();
    String name = failure.getClass().getSimpleName();
    head("", message == null ? name : name + ": " + message);
    fix("this is a fault of Relay's own; RELAY_DEBUG=1 before the command shows where");
    return ExitCode.FAILED;
  }

  private void head(String code, String message) {
    err.println(style.red(code.isEmpty() ? "error:" : "error " + code + ":") + " " + message);
  }

  private void more(ErrorCode code) {
    err.println(style.dim("  more    relay errors lookup " + code.code()));
  }

  private void fix(@Nullable String text) {
    if (text != null) {
      err.println("  fix     " + text.replace("\n", "\n          "));
    }
  }
}
