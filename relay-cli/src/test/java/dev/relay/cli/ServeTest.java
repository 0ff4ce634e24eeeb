package dev.relay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.cli.Cli.Ran;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node's life as its operator sees it. */
class ServeTest {
  static final Path ACTORS = Path.of("src/test/resources/actors").toAbsolutePath();

  @TempDir Path folder;

  @Test
  void what_was_answered_survives_a_kill_and_a_stopped_node_exits_with_0() {
    try (RelayProcess node = serve()) {
      assertThat(send(node.url(), "ADD", 2).out()).contains("\"count\": 2");
      assertThat(node.said())
          .contains("Catalog    postgres 127.0.0.1:")
          .contains("Actors     counter")
          .contains("Try: relay send counter ADD --url http://localhost:");
      node.kill();
    }
    try (RelayProcess node = serve()) {
      assertThat(send(node.url(), "ADD", 3).out()).contains("\"count\": 5");
      assertThat(node.terminate()).isZero();
      assertThat(node.said()).contains("Stopped.");
    }
    // nobody is left over: the database's folder is free
    Ran state = Cli.in(folder).run("actor", "state", "counter", "a", "-o", "json");
    assertThat(state.out()).as(state.err()).contains("\"count\": 5");
  }

  @Test
  void a_taken_port_is_told_before_anything_is_started() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      Ran ran = Cli.in(folder).run("serve", "--port", String.valueOf(taken.getLocalPort()));

      assertThat(ran.code()).isEqualTo(1);
      assertThat(ran.err())
          .contains("port " + taken.getLocalPort() + " of 127.0.0.1 is taken by another program")
          .contains("relay serve --port");
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void a_second_node_on_the_same_folder_is_refused_and_the_first_goes_on() {
    try (RelayProcess first = serve();
        RelayProcess second = second(first)) {
      assertThat(second.exit()).isEqualTo(1);
      assertThat(second.said()).contains("is in use by process").contains("--data FOLDER");
      assertThat(send(first.url(), "ADD", 1).code()).isZero();
    }
  }

  private RelayProcess second(RelayProcess first) {
    assertThat(first.url()).isNotEmpty();
    return serve();
  }

  @Test
  void mistakes_in_definitions_are_told_all_at_once_by_file_line_and_column() throws IOException {
    Path actor = Files.createDirectories(folder.resolve("actors/a")).resolve("actor.yaml");
    Files.writeString(actor, "actor:\n  name: a\n  hanldes: {}\n  state: { x: strng }\n");

    Ran ran = Cli.in(folder).run("serve", "actors", "--port", "0");

    assertThat(ran.code()).isEqualTo(3);
    assertThat(ran.err())
        .contains("error RLY-3001: ")
        .contains("  actors/a/actor.yaml:3:3  ")
        .contains("did you mean \"handles\"?")
        .contains("did you mean \"string\"?");
  }

  @Test
  void a_class_path_that_is_not_there_is_told_with_its_source() throws IOException {
    Files.writeString(folder.resolve("relay.yaml"), "classpath: [target/nope]");

    Ran ran = Cli.in(folder).run("serve", "--port", "0");

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("target/nope, which isn't there").contains("relay.yaml");
  }

  @Test
  void an_own_postgres_that_does_not_answer_is_named_with_the_way_out() {
    Ran ran =
        Cli.in(folder)
            .env("POSTGRES_HOST", "127.0.0.1")
            .env("POSTGRES_PORT", "1")
            .run("serve", "--port", "0");

    assertThat(ran.code()).isEqualTo(6);
    assertThat(ran.err())
        .contains("error RLY-4004: no Postgres that answers at 127.0.0.1:1")
        .contains("POSTGRES_PORT (now: environment variable POSTGRES_PORT)")
        .contains("Relay then runs one of its own");
    assertThat(folder).isEmptyDirectory();
  }

  private RelayProcess serve() {
    return RelayProcess.start(
        folder, "serve", ACTORS.toString(), "--port", "0", "--data", ".relay");
  }

  private Ran send(String url, String event, int by) {
    return Cli.in(folder)
        .run(
            "send", "counter", event, "--url", url, "--json", "{\"name\":\"a\",\"by\":" + by + "}");
  }
}
