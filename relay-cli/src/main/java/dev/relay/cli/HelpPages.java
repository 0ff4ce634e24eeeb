package dev.relay.cli;

import dev.relay.cli.command.Verb;
import dev.relay.cli.config.Session;
import dev.relay.cli.failure.CommandFailure;
import dev.relay.cli.failure.ExitCode;
import dev.relay.cli.option.Arguments;
import dev.relay.cli.output.Style;
import dev.relay.cli.output.Table;
import dev.relay.schema.Nearest;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The help pages: one line, two or three real examples, then the flags. */
final class HelpPages {
  private static final List<String> SECTIONS =
      List.of(
          UsageMessageSpec.SECTION_KEY_HEADER,
          UsageMessageSpec.SECTION_KEY_SYNOPSIS_HEADING,
          UsageMessageSpec.SECTION_KEY_SYNOPSIS,
          UsageMessageSpec.SECTION_KEY_FOOTER_HEADING,
          UsageMessageSpec.SECTION_KEY_FOOTER,
          UsageMessageSpec.SECTION_KEY_PARAMETER_LIST_HEADING,
          UsageMessageSpec.SECTION_KEY_PARAMETER_LIST,
          UsageMessageSpec.SECTION_KEY_OPTION_LIST_HEADING,
          UsageMessageSpec.SECTION_KEY_OPTION_LIST);

  private HelpPages() {}

  /** A verb ready to parse its words and to show its page. */
  static CommandLine line(Verbs.Entry entry, Verb verb) {
    CommandSpec spec = verb.arguments().spec();
    spec.name("relay " + entry.path());
    verb.arguments().help();
    CommandLine line = new CommandLine(spec, Arguments.FACTORY);
    UsageMessageSpec page = spec.usageMessage();
    page.header(entry.line())
        .synopsisHeading("%nUsage: ")
        .footerHeading("%nExamples:%n")
        .parameterListHeading("%nArguments:%n")
        .optionListHeading("%nOptions:%n")
        .abbreviateSynopsis(true)
        .sortOptions(false)
        .sectionKeys(SECTIONS);
    page.width(100);
    line.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setToggleBooleanFlags(false);
    return line;
  }

  static String root(Session session) {
    return """
        Relay: event-driven systems whose catalog, in Postgres, is the truth

        Usage: relay COMMAND [OPTIONS]

        Examples:
          relay serve
          relay send cart ADD_TO_CART --file item.json
          relay catalog list --actor cart

        Commands:
        """
        + listing("")
        + ofProject(session)
        + """

        Options:
          -h, --help       this page; relay COMMAND --help for one command
          -V, --version    the version of Relay

        More: relay help exit-codes, relay help configuration
        """;
  }

  private static String ofProject(Session session) {
    List<Verbs.Entry> added = new ProjectVerbs(session).listed();
    return added.isEmpty() ? "" : "\nCommands of this project:\n" + listing(added);
  }

  static String group(Verbs.Entry group) {
    return group.line()
        + "\n\nUsage: relay "
        + group.path()
        + " COMMAND [OPTIONS]\n\nCommands:\n"
        + listing(group.path())
        + "\nMore: relay "
        + group.path()
        + " COMMAND --help\n";
  }

  /** The page of the words after {@code help}. */
  static String of(List<String> words, Session session) {
    if (words.isEmpty() || words.get(0).startsWith("-")) {
      return root(session);
    }
    String path = String.join(" ", words);
    Verbs.Entry entry = Verbs.find(path);
    if (entry != null) {
      return entry.group()
          ? group(entry)
          : line(entry, Verbs.build(entry.path(), session)).getUsageMessage();
    }
    ProjectVerbs project = new ProjectVerbs(session);
    Verbs.Entry added = project.find(path);
    if (added != null) {
      return line(added, project.build(added)).getUsageMessage();
    }
    return switch (path) {
      case "exit-codes" -> exitCodes();
      case "configuration" -> ConfigurationPage.text(session.settings());
      default -> throw unknown(path);
    };
  }

  private static CommandFailure unknown(String path) {
    List<String> topics = new ArrayList<>(List.of("exit-codes", "configuration"));
    Verbs.ALL.forEach(entry -> topics.add(entry.path()));
    return CommandFailure.usage("no help page \"" + path + "\"" + Nearest.suggestion(path, topics))
        .fix("relay --help");
  }

  private static String exitCodes() {
    Table table = new Table("CODE", "NAME", "MEANING");
    for (ExitCode code : ExitCode.values()) {
      table.row(String.valueOf(code.number()), code.title(), code.meaning());
    }
    return table.render(Style.PLAIN);
  }

  private static String listing(String path) {
    return listing(Verbs.below(path));
  }

  private static String listing(List<Verbs.Entry> entries) {
    Table table = new Table();
    for (Verbs.Entry entry : entries) {
      table.row("  " + entry.name(), entry.line());
      if (entry.group()) {
        String inner =
            String.join(", ", Verbs.below(entry.path()).stream().map(Verbs.Entry::name).toList());
        table.row("", inner);
      }
    }
    return table.render(Style.PLAIN);
  }
}
