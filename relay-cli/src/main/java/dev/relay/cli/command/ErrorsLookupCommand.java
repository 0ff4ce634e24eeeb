package dev.relay.cli.command;

import dev.relay.cli.config.Session;
import dev.relay.cli.failure.CommandFailure;
import dev.relay.cli.failure.ExitCode;
import dev.relay.cli.option.OutputOptions;
import dev.relay.failure.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code relay errors lookup}: what a code means and what helps. Needs no node. */
@Command(footer = {"  relay errors lookup RLY-2101", "  relay errors lookup 2101"})
public final class ErrorsLookupCommand implements Verb {
  private final Session session;

  @Parameters(index = "0", paramLabel = "CODE", description = "for example RLY-2101")
  private String typed = "";

  @Mixin private OutputOptions output = new OutputOptions();

  public ErrorsLookupCommand(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    ErrorCode code = find(typed);
    if (code == null) {
      throw CommandFailure.of(ExitCode.NOT_FOUND, "there is no error code \"" + typed + "\"")
          .fix("codes look like RLY-2101; all of them are in docs/errors.md");
    }
    output.printer(session).print(new ErrorPage(code, page(code)));
  }

  private static @Nullable ErrorCode find(String typed) {
    String number = typed.toUpperCase(Locale.ROOT).replace("RLY-", "").strip();
    for (ErrorCode code : ErrorCode.values()) {
      if (code.code().equals("RLY-" + number) || code.name().equals(number)) {
        return code;
      }
    }
    return null;
  }

  /** The page of a code: what happened, and what helps. */
  static String page(ErrorCode code) {
    String name = "/dev/relay/cli/errors/" + code.code() + ".md";
    try (InputStream in = ErrorsLookupCommand.class.getResourceAsStream(name)) {
      return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
