package dev.relay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.cli.Cli.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The help pages, word by word: {@code src/test/resources/help} has one file a page. After a wanted
 * change: {@code mvn test -pl relay-cli -Dtest=HelpTest -Dupdate.help}, then read the difference.
 */
class HelpTest {
  private static final Path PAGES = Path.of("src/test/resources/help");

  @TempDir Path folder;

  static List<String> pages() {
    List<String> pages = new java.util.ArrayList<>(List.of("", "exit-codes", "configuration"));
    Verbs.ALL.forEach(entry -> pages.add(entry.path()));
    return pages;
  }

  @ParameterizedTest(name = "relay help {0}")
  @MethodSource("pages")
  void each_page_reads_as_it_was_agreed(String path) throws IOException {
    Ran ran = Cli.in(folder).run(("help " + path).strip().split(" "));

    assertThat(ran.code()).as(ran.err()).isZero();
    Path file = PAGES.resolve("relay-" + path.replace(' ', '-') + ".txt");
    if (System.getProperty("update.help") != null) {
      Files.createDirectories(PAGES);
      Files.writeString(file, ran.out());
    }
    assertThat(ran.out()).isEqualTo(Files.readString(file));
    assertThat(ran.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(101));
  }

  @Test
  void a_verb_and_the_help_verb_show_the_same_page() {
    Ran asked = Cli.in(folder).run("catalog", "show", "--help");

    assertThat(asked.code()).isZero();
    assertThat(asked.out()).isEqualTo(Cli.in(folder).run("help", "catalog", "show").out());
  }

  @Test
  void no_words_at_all_show_the_first_page() {
    assertThat(Cli.in(folder).run()).extracting(Ran::code, Ran::err).containsExactly(0, "");
    assertThat(Cli.in(folder).run().out()).isEqualTo(Cli.in(folder).run("--help").out());
  }

  @Test
  void an_unknown_page_is_a_usage_error_that_names_the_nearest() {
    Ran ran = Cli.in(folder).run("help", "exit-code");

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("did you mean \"exit-codes\"?");
  }

  @Test
  void the_version_is_the_one_the_build_wrote() {
    Ran ran = Cli.in(folder).run("--version");

    assertThat(ran.out()).matches("relay \\d+\\.\\d+\\.\\d+\\S*\n");
  }
}
