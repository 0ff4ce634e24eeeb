package dev.relay.cli;

import dev.relay.cli.command.Verb;
import dev.relay.cli.config.Session;
import dev.relay.cli.config.Setting;
import dev.relay.failure.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What can stand at the cursor: the shells' completion scripts ask it with every TAB. Each
 * candidate is a word, or a word, a tab and what it means. Names come from a running node; without
 * one there are just none.
 */
final class Candidates {
  private final Session session;
  private final LiveNames names;

  Candidates(Session session) {
    this.session = session;
    this.names = new LiveNames(session);
  }

  /** The candidates for the last of the words, which may be empty. */
  List<String> after(List<String> words) {
    String current = words.isEmpty() ? "" : words.get(words.size() - 1);
    List<String> before = words.isEmpty() ? words : words.subList(0, words.size() - 1);
    List<String> fitting = new ArrayList<>();
    for (String candidate : all(before, current)) {
      if (candidate.startsWith(current)) {
        fitting.add(candidate);
      }
    }
    return fitting;
  }

  private List<String> all(List<String> before, String current) {
    if (before.isEmpty()) {
      return current.startsWith("-") ? List.of("--help", "--version") : topLevel();
    }
    if (before.get(0).equals("help")) {
      return before.size() == 1
          ? topics()
          : entries(String.join(" ", before.subList(1, before.size())));
    }
    Verbs.Entry entry = Verbs.find(before.get(0));
    if (entry == null) {
      return ofProject(before, current);
    }
    if (!entry.group()) {
      return arguments(entry, before.subList(1, before.size()), current);
    }
    if (before.size() == 1) {
      return current.startsWith("-") ? List.of("--help") : entries(entry.path());
    }
    Verbs.Entry inner = Verbs.find(entry.path() + " " + before.get(1));
    return inner == null ? List.of() : arguments(inner, before.subList(2, before.size()), current);
  }

  private List<String> topLevel() {
    List<String> candidates = entries("");
    for (Verbs.Entry entry : new ProjectVerbs(session).listed()) {
      candidates.add(entry.name() + "\t" + entry.line());
    }
    candidates.add("help\tShow a help page");
    return candidates;
  }

  private static List<String> topics() {
    List<String> candidates = entries("");
    candidates.add("exit-codes\tWhat the exit codes mean");
    candidates.add("configuration\tEvery setting, its value here, and who said so");
    return candidates;
  }

  private static List<String> entries(String path) {
    List<String> candidates = new ArrayList<>();
    for (Verbs.Entry entry : Verbs.below(path)) {
      candidates.add(entry.name() + "\t" + entry.line());
    }
    return candidates;
  }

  private List<String> ofProject(List<String> before, String current) {
    ProjectVerbs project = new ProjectVerbs(session);
    Verbs.Entry entry = project.find(before.get(0));
    List<String> rest = before.subList(1, before.size());
    return entry == null ? List.of() : arguments(entry, project.build(entry), rest, current);
  }

  private List<String> arguments(Verbs.Entry entry, List<String> before, String current) {
    return arguments(entry, Verbs.build(entry.path(), session), before, current);
  }

  private List<String> arguments(
      Verbs.Entry entry, Verb verb, List<String> before, String current) {
    CommandSpec spec = HelpPages.line(entry, verb).getCommandSpec();
    noteUrl(before);
    String last = before.isEmpty() ? "" : before.get(before.size() - 1);
    if (takesValue(spec, last)) {
      return values(spec.findOption(last));
    }
    return current.startsWith("-") ? options(spec) : positional(entry, plain(spec, before));
  }

  private void noteUrl(List<String> before) {
    int url = before.lastIndexOf("--url");
    session
        .settings()
        .flag(Setting.URL, url >= 0 && url + 1 < before.size() ? before.get(url + 1) : null);
  }

  private static boolean takesValue(CommandSpec spec, String word) {
    OptionSpec option = word.startsWith("-") ? spec.findOption(word) : null;
    return option != null && option.arity().max() > 0;
  }

  private static List<String> options(CommandSpec spec) {
    List<String> candidates = new ArrayList<>();
    for (OptionSpec option : spec.options()) {
      if (!option.hidden()) {
        String meaning = option.description().length == 0 ? "" : option.description()[0];
        candidates.add(option.longestName() + "\t" + meaning);
      }
    }
    return candidates;
  }

  private List<String> values(@Nullable OptionSpec option) {
    List<String> values = new ArrayList<>();
    if (option != null && option.completionCandidates() != null) {
      option.completionCandidates().forEach(values::add);
    }
    if (option != null && List.of("--actor", "--producer").contains(option.longestName())) {
      return names.actors();
    }
    if (option != null && option.longestName().equals("--event")) {
      return names.publishable();
    }
    return values;
  }

  // the words that are neither options nor their values
  private static List<String> plain(CommandSpec spec, List<String> before) {
    List<String> plain = new ArrayList<>();
    for (int i = 0; i < before.size(); i++) {
      boolean value = i > 0 && takesValue(spec, before.get(i - 1));
      if (!value && !before.get(i).startsWith("-")) {
        plain.add(before.get(i));
      }
    }
    return plain;
  }

  private List<String> positional(Verbs.Entry entry, List<String> plain) {
    return switch (entry.path() + " " + plain.size()) {
      case "send 0", "actor list 0", "actor state 0" -> names.actors();
      case "send 1" -> names.events(plain.get(0));
      case "actor state 1" -> names.keys(plain.get(0));
      case "catalog show 0" -> names.events("");
      case "publish 0" -> names.publishable();
      case "dlq show 0", "dlq retry 0", "dlq edit 0", "dlq discard 0" -> names.deadLetters();
      case "flow list 0", "flow start 0", "flow check 0" -> names.flows();
      case "flow show 0", "flow resume 0", "flow skip 0", "flow compensate 0", "flow cancel 0" ->
          names.runs();
      case "errors lookup 0" -> codes();
      case "completion 0" -> List.of("bash", "zsh", "fish");
      default -> List.of();
    };
  }

  private static List<String> codes() {
    List<String> codes = new ArrayList<>();
    for (ErrorCode code : ErrorCode.values()) {
      codes.add(code.code() + "\t" + code.title());
    }
    return codes;
  }
}
