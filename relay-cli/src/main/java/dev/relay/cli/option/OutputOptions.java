package dev.relay.cli.option;

import dev.relay.cli.config.Session;
import dev.relay.cli.output.Format;
import dev.relay.cli.output.Printer;
import dev.relay.cli.output.Style;
import dev.relay.cli.output.Terminal;
import picocli.CommandLine.Option;

/** How a result is printed. */
public final class OutputOptions {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "table (for people), json, jsonl, yaml or name")
  private Format format = Format.table;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      defaultValue = "auto",
      description = "auto, always or never")
  private ColorChoice color = ColorChoice.auto;

  public Format format() {
    return format;
  }

  /** Prints results. */
  public Printer printer(Session session) {
    return new Printer(session.terminal().out(), format, style(session));
  }

  /** The colours for results. */
  public Style style(Session session) {
    Terminal terminal = session.terminal();
    return Style.of(color.name(), session.environment(), terminal.outIsTerminal());
  }
}
