package shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** INVARIANTS.md names tests that there are. */
class InvariantsPageTest {
  private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|IT))\\.(\\w+)`");

  @Test
  void every_test_that_the_page_names_is_there() throws IOException {
    List<MatchResult> named =
        NAMED.matcher(Files.readString(Path.of("INVARIANTS.md"))).results().toList();

    assertThat(named).hasSizeGreaterThan(50);
    for (MatchResult test : named) {
      assertThat(source(test.group(1))).contains("void " + test.group(2) + "(");
    }
  }

  private static String source(String testClass) throws IOException {
    for (Path tests : List.of(Path.of("src/test/java"), Path.of("../shoppers/src/test/java"))) {
      try (Stream<Path> files = Files.walk(tests)) {
        Optional<Path> found = files.filter(file -> file.endsWith(testClass + ".java")).findFirst();
        if (found.isPresent()) {
          return Files.readString(found.get());
        }
      }
    }
    throw new AssertionError("there is no test " + testClass);
  }
}
