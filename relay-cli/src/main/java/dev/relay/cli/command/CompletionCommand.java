package dev.relay.cli.command;

import dev.relay.cli.config.Session;
import dev.relay.cli.option.Word;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** {@code relay completion}: the script by which a shell asks this command for candidates. */
public final class CompletionCommand extends Verb {
  private final Word<Shell> shell = arguments.required("SHELL", Shell.class, "bash, zsh or fish");

  /** The shells that are known; the names are what the user types. */
  enum Shell {
    bash,
    zsh,
    fish
  }

  public CompletionCommand(Session session) {
    super(
        session,
        "relay completion bash > ~/.local/share/bash-completion/completions/relay",
        "relay completion zsh > ~/.zfunc/_relay      (a folder of your fpath)",
        "relay completion fish > ~/.config/fish/completions/relay.fish");
  }

  @Override
  public void run() {
    String name = "/dev/relay/cli/completion/relay." + shell.value().name();
    try (InputStream in = CompletionCommand.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the jar");
      }
      session.terminal().out().print(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
