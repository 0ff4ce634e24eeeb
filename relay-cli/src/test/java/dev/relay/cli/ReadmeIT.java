package dev.relay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.Relay;
import dev.relay.embedded.EmbeddedPostgres;
import dev.relay.server.RelayServer;
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

  private static EmbeddedPostgres postgres;
  private static Relay relay;
  private static RelayServer server;
  private static PageShell shell;

  @BeforeAll
  static void serve() {
    postgres = EmbeddedPostgres.temporary();
    relay =
        Relay.builder()
            .postgres(postgres.jdbcUrl(), postgres.user(), postgres.password())
            .actors(EXAMPLE.resolve("actors"))
            .start();
    server = RelayServer.builder().relay(relay).port(0).start();
    shell = new PageShell(folder, postgres, server.port());
  }

  @AfterAll
  static void stop() {
    server.close();
    relay.close();
    postgres.close();
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
