package dev.relay.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A page of the repository, as far as it can be run: the front page, or another. Immutable. */
final class Readme {
  /** Maven runs the tests of a module in the module's folder. */
  static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

  /**
   * A command of the page.
   *
   * @param words what a shell would make of it
   * @param answer what the page says it prints; empty where the page doesn't say
   */
  record Command(List<String> words, String answer) {}

  private static final Pattern FENCED =
      Pattern.compile("^```(\\w+)\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

  private static final Pattern MARKED =
      Pattern.compile("^ *// readme\\n(.*?)\\n *// end$", Pattern.DOTALL | Pattern.MULTILINE);

  /** A word, parts of it quoted where they have blanks: all the shell that the pages need. */
  private static final Pattern WORD = Pattern.compile("(?:'[^']*'|[^\\s'])+");

  private final String text;

  private Readme(String text) {
    this.text = text;
  }

  static Readme read() throws IOException {
    return of("README.md");
  }

  static Readme of(String page) throws IOException {
    return new Readme(Files.readString(REPOSITORY.resolve(page)));
  }

  /**
   * The commands that the page shows with answers, or names in a list of commands, in its order.
   */
  List<Command> commands() {
    List<Command> commands = new ArrayList<>();
    FENCED
        .matcher(text)
        .results()
        .forEach(
            block -> {
              switch (block.group(1)) {
                case "console" -> commands.addAll(answered(block.group(2)));
                case "sh" -> commands.addAll(named(block.group(2)));
                default -> {}
              }
            });
    return commands;
  }

  List<String> blocks(String language) {
    return FENCED
        .matcher(text)
        .results()
        .filter(block -> block.group(1).equals(language))
        .map(block -> block.group(2))
        .toList();
  }

  /** What a source file has between its marks, moved to the left margin. */
  static String marked(Path source) throws IOException {
    return MARKED
        .matcher(Files.readString(source))
        .results()
        .map(part -> part.group(1).stripIndent() + "\n")
        .findFirst()
        .orElseThrow();
  }

  private static List<Command> answered(String block) {
    return Arrays.stream(block.split("(?m)^\\$ "))
        .filter(part -> !part.isBlank())
        .map(Readme::command)
        .toList();
  }

  private static List<Command> named(String block) {
    return block
        .lines()
        .filter(line -> line.startsWith("relay "))
        .map(line -> new Command(words(line.replaceFirst(" +# .*", "")), ""))
        .toList();
  }

  private static Command command(String part) {
    String joined = part.replace("\\\n", " ");
    int end = joined.indexOf('\n');
    return new Command(words(joined.substring(0, end)), joined.substring(end + 1).strip());
  }

  private static List<String> words(String line) {
    return WORD.matcher(line).results().map(Readme::word).toList();
  }

  private static String word(MatchResult found) {
    return found.group().replace("'", "");
  }
}
