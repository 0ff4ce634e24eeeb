package dev.relay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Does what the README says, and compares. */
class ReadmeIT {
  private static final Path EXAMPLE = Readme.REPOSITORY.resolve("examples/ecommerce");

  @TempDir static Path folder;

  private static PageShell shell;

  @BeforeAll
  static void serve() {
    shell = new PageShell(folder, builder -> builder.actors(EXAMPLE.resolve("actors")));
  }

  @AfterAll
  static void stop() {
    shell.close();
  }

  @Test
  void every_command_on_the_page_does_what_the_page_says() throws Exception {
    List<Readme.Command> commands = Readme.read().commands();
    assertThat(commands).hasSizeGreaterThanOrEqualTo(13);
    for (Readme.Command command : commands) {
      PageShell.Ran ran = shell.run(command);
      assertThat(ran.code()).as("%s", ran).isZero();
      assertThat(ran).matches(PageShell.Ran::isAsShown);
    }
  }

  @Test
  void the_java_on_the_page_is_the_java_that_the_example_runs() throws IOException {
    assertThat(Readme.read().blocks("java"))
        .containsExactly(Readme.marked(EXAMPLE.resolve("src/test/java/shop/Embedding.java")));
  }
}
