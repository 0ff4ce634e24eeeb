package dev.relay.cli;

import dev.relay.cli.command.Verb;
import dev.relay.cli.config.Session;
import dev.relay.cli.config.Version;
import dev.relay.cli.failure.CommandFailure;
import dev.relay.cli.failure.ExitCode;
import dev.relay.cli.failure.FailureReport;
import dev.relay.schema.Nearest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Finds the verb that the words name, runs it, and says how it went. A project runs its own verbs
 * by it in tests.
 */
public final class RelayCommand {
  private final Session session;

  public RelayCommand(Session session) {
    this.session = session;
  }

  /** Runs the words of a command line and returns the exit code. Throws nothing. */
  public int run(String... words) {
    try {
      return dispatch(Arrays.asList(words)).number();
    } catch (ParameterException e) {
      return report().tell(Usage.failure(e)).number();
    } catch (Throwable e) {
      return report().tell(e).number();
    }
  }

  private FailureReport report() {
    return new FailureReport(session.terminal(), session.environment(), session.directory());
  }

  private ExitCode dispatch(List<String> words) throws IOException {
    String first = words.isEmpty() ? "--help" : words.get(0);
    switch (first) {
      case "--version", "-V", "version" -> print("relay " + Version.text() + "\n");
      case "--help", "-h" -> print(HelpPages.root(session));
      case "help" -> print(HelpPages.of(words.subList(1, words.size()), session));
      case "__train-short" -> Training.shortVerbs(session);
      case "__train-node" -> Training.node(session);
      case "__complete" -> complete(words.subList(1, words.size()));
      default -> verb(words);
    }
    return ExitCode.DONE;
  }

  private void print(String page) {
    session.terminal().out().print(page);
  }

  private void complete(List<String> words) {
    for (String candidate : new Candidates(session).after(words)) {
      print(candidate + "\n");
    }
  }

  private void verb(List<String> words) {
    Verbs.Entry entry = Verbs.find(words.get(0));
    if (entry == null) {
      ofProject(words);
      return;
    }
    int used = 1;
    if (entry.group()) {
      if (words.size() == 1 || words.get(1).equals("--help") || words.get(1).equals("-h")) {
        print(HelpPages.group(entry));
        return;
      }
      Verbs.Entry inner = Verbs.find(entry.path() + " " + words.get(1));
      if (inner == null) {
        throw unknown(entry.path(), words.get(1));
      }
      entry = inner;
      used = 2;
    }
    run(entry, Verbs.build(entry.path(), session), words.subList(used, words.size()));
  }

  private void ofProject(List<String> words) {
    ProjectVerbs project = new ProjectVerbs(session);
    Verbs.Entry entry = project.find(words.get(0));
    if (entry == null) {
      throw unknown("", words.get(0));
    }
    run(entry, project.build(entry), words.subList(1, words.size()));
  }

  private void run(Verbs.Entry entry, Verb verb, List<String> arguments) {
    CommandLine line = HelpPages.line(entry, verb);
    ParseResult parsed = line.parseArgs(arguments.toArray(new String[0]));
    if (parsed.isUsageHelpRequested()) {
      print(line.getUsageMessage());
    } else {
      verb.run();
    }
  }

  private CommandFailure unknown(String path, String word) {
    List<String> names = new ArrayList<>();
    Verbs.below(path).forEach(entry -> names.add(entry.name()));
    if (path.isEmpty()) {
      new ProjectVerbs(session).listed().forEach(entry -> names.add(entry.name()));
    }
    String whole = path.isEmpty() ? "relay" : "relay " + path;
    String what = word.startsWith("-") ? "option" : "command";
    String meant =
        Nearest.nearest(word.startsWith("-") ? "" : word, names)
            .map(name -> "; did you mean \"" + whole + " " + name + "\"?")
            .orElse("");
    return CommandFailure.usage("\"" + whole + "\" has no " + what + " \"" + word + "\"" + meant)
        .fix(whole + " --help");
  }
}
