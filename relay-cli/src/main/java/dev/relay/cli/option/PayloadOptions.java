package dev.relay.cli.option;

import dev.relay.cli.config.Session;
import dev.relay.cli.failure.CommandFailure;
import dev.relay.cli.output.JsonText;
import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;

/** Where the payload of a message comes from. */
public final class PayloadOptions {
  private final Word<String> json;
  private final Word<String> file;

  public PayloadOptions(Arguments arguments) {
    json = arguments.option("--json", "JSON", "the payload itself");
    file = arguments.option("--file", "FILE", "a file with the payload; - for stdin");
  }

  /** Whether the user gave one, other than with {@code -}. */
  public boolean said() {
    return json.said() || file.said();
  }

  /**
   * The payload.
   *
   * @param dash whether the user wrote {@code -} as an argument
   * @param hint what to type to see what a payload looks like
   */
  public @Nullable Object read(Session session, boolean dash, String hint) {
    int sources = (json.said() ? 1 : 0) + (file.said() ? 1 : 0) + (dash ? 1 : 0);
    if (sources != 1) {
      String found = sources == 0 ? "none is given" : sources + " are given";
      throw CommandFailure.usage(
              "one payload is expected (--json JSON, --file FILE or - for stdin), " + found)
          .fix(hint);
    }
    if (json.said()) {
      return parse(json.value(), "--json");
    }
    String name = file.or("-");
    return name.equals("-") ? stdin(session) : file(session, name);
  }

  private static @Nullable Object stdin(Session session) {
    try {
      byte[] bytes = session.terminal().in().readAllBytes();
      return parse(new String(bytes, StandardCharsets.UTF_8), "stdin");
    } catch (IOException e) {
      throw CommandFailure.usage("stdin can't be read: " + e.getMessage());
    }
  }

  private static @Nullable Object file(Session session, String file) {
    try {
      return parse(Files.readString(session.directory().resolve(file)), file);
    } catch (NoSuchFileException e) {
      throw CommandFailure.usage("there is no file " + file)
          .fix("paths start at " + session.directory());
    } catch (IOException e) {
      throw CommandFailure.usage(file + " can't be read as UTF-8 text: " + e.getMessage());
    }
  }

  /** Reads JSON that came from the user; says where it breaks. */
  public static @Nullable Object parse(String text, String source) {
    try {
      return JsonText.read(text);
    } catch (StreamConstraintsException e) {
      throw RelayException.of(ErrorCode.TOO_COMPLEX, source + ": " + limit(e)).build();
    } catch (JacksonException e) {
      TokenStreamLocation place = e.getLocation();
      String where =
          place == null || place.getLineNr() < 1
              ? ""
              : " at line " + place.getLineNr() + ", column " + place.getColumnNr();
      String shell = "quote it for the shell, for example --json '{\"userId\": \"user123\"}'";
      throw CommandFailure.usage(source + " isn't JSON" + where + ": " + e.getOriginalMessage())
          .fix(source.equals("--json") ? shell : "one JSON value is expected, in UTF-8");
    }
  }

  // what the limit is set by means nothing to the user of a command
  private static String limit(StreamConstraintsException e) {
    String message = e.getOriginalMessage();
    int setting = message.indexOf(", from `");
    return setting < 0 ? message : message.substring(0, setting) + ")";
  }
}
