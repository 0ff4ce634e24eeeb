package dev.relay.cli.command.dlq;

import dev.relay.cli.config.Session;
import dev.relay.cli.failure.CommandFailure;
import dev.relay.cli.failure.ExitCode;
import dev.relay.cli.option.PayloadOptions;
import dev.relay.cli.output.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Opens {@code $VISUAL} or {@code $EDITOR} on a payload. Used once. */
final class PayloadEditor {
  private final Session session;
  private @Nullable Path file;

  PayloadEditor(Session session) {
    this.session = session;
  }

  /**
   * What the person made of it.
   *
   * @throws CommandFailure where there is no editor, it fails, or what it leaves isn't JSON; the
   *     file is kept then, and named
   */
  @Nullable Object edit(@Nullable Object payload) {
    String editor = editor();
    try {
      Path opened = Files.createTempFile("relay-payload-", ".json");
      file = opened;
      Files.writeString(opened, JsonText.pretty(payload) + "\n");
      // by the shell, as an editor may be more than one word: "code --wait"
      int code =
          new ProcessBuilder("sh", "-c", editor + " \"$1\"", "relay", opened.toString())
              .inheritIO()
              .start()
              .waitFor();
      if (code != 0) {
        throw CommandFailure.of(ExitCode.FAILED, "the editor (" + editor + ") ended with " + code)
            .fix("nothing was done; what it left is in " + opened);
      }
      return PayloadOptions.parse(Files.readString(opened), opened.toString());
    } catch (IOException e) {
      throw CommandFailure.of(ExitCode.FAILED, "the payload can't be edited: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandFailure.of(ExitCode.INTERRUPTED, "interrupted");
    }
  }

  /** Where it was written. */
  String file() {
    return String.valueOf(file);
  }

  /** Deletes the file. */
  void forget() {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      session.terminal().err().println("left behind: " + file);
    }
  }

  private String editor() {
    for (String name : new String[] {"VISUAL", "EDITOR"}) {
      String value = session.environment().getOrDefault(name, "");
      if (!value.isBlank()) {
        return value;
      }
    }
    throw CommandFailure.usage("no editor is known: VISUAL and EDITOR are empty")
        .fix("export EDITOR=vi, or give the payload with --json, --file or -");
  }
}
