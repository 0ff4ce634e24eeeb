package dev.relay.cli.command;

import dev.relay.cli.config.Session;
import dev.relay.cli.failure.CommandFailure;
import dev.relay.cli.failure.ExitCode;
import dev.relay.cli.option.OutputOptions;
import dev.relay.cli.option.Word;
import dev.relay.failure.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code relay errors lookup}: what a code means and what helps. Needs no node. */
public final class ErrorsLookupCommand extends Verb {
  private final Word<String> typed = arguments.required("CODE", "for example RLY-2101");
  private final OutputOptions output = new OutputOptions(arguments);

  public ErrorsLookupCommand(Session session) {
    super(session, "relay errors lookup RLY-2101", "relay errors lookup 2101");
  }

  @Override
  public void run() {
    ErrorCode code = find(typed.value());
    if (code == null) {
      throw CommandFailure.of(
              ExitCode.NOT_FOUND, "there is no error code \"" + typed.value() + "\"")
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
