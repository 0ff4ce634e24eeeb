package dev.relay.cli.option;

import picocli.CommandLine.Option;

/** The one option every verb has. */
public final class HelpOption {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "this page")
  private boolean help;

  /** Whether the page was asked for. */
  public boolean asked() {
    return help;
  }
}
