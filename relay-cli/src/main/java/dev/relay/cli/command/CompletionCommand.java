package dev.relay.cli.command;

import dev.relay.cli.config.Session;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code relay completion}: the script by which a shell asks this command for candidates. */
@Command(
    footer = {
      "  relay completion bash > ~/.local/share/bash-completion/completions/relay",
      "  relay completion zsh > ~/.zfunc/_relay      (a folder of your fpath)",
      "  relay completion fish > ~/.config/fish/completions/relay.fish"
    })
public final class CompletionCommand implements Verb {
  private final Session session;

  @Parameters(index = "0", paramLabel = "SHELL", description = "bash, zsh or fish")
  private Shell shell = Shell.bash;

  /** The shells that are known; the names are what the user types. */
  enum Shell {
    bash,
    zsh,
    fish
  }

  public CompletionCommand(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    String name = "/dev/relay/cli/completion/relay." + shell.name();
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
