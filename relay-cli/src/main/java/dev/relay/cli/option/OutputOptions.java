package dev.relay.cli.option;

import dev.relay.cli.config.Session;
import dev.relay.cli.output.Format;
import dev.relay.cli.output.Printer;
import dev.relay.cli.output.Style;
import dev.relay.cli.output.Terminal;

/** How a result is printed. */
public final class OutputOptions {
  private final Word<Format> format;
  private final Word<ColorChoice> color;

  public OutputOptions(Arguments arguments) {
    format =
        arguments.option(
            "-o,--output", "FORMAT", Format.class, "table (for people), json, jsonl, yaml or name");
    color = arguments.option("--color", "WHEN", ColorChoice.class, "auto, always or never");
  }

  public Format format() {
    return format.or(Format.table);
  }

  /** Prints results. */
  public Printer printer(Session session) {
    return new Printer(session.terminal().out(), format(), style(session));
  }

  /** The colours for results. */
  public Style style(Session session) {
    Terminal terminal = session.terminal();
    String when = color.or(ColorChoice.auto).name();
    return Style.of(when, session.environment(), terminal.outIsTerminal());
  }
}
