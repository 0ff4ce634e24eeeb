package dev.relay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.Relay;
import dev.relay.embedded.EmbeddedPostgres;
import dev.relay.server.RelayServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Does what the README says, and compares. */
class ReadmeIT {
  private static final Path EXAMPLE = Readme.REPOSITORY.resolve("examples/ecommerce");

  /** What is another in each run. */
  private static final Pattern PASSING =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z");

  @TempDir static Path folder;

  private static EmbeddedPostgres postgres;
  private static Relay relay;
  private static RelayServer server;

  @BeforeAll
  static void serve() {
    postgres = EmbeddedPostgres.temporary();
    relay =
        Relay.builder()
            .postgres(postgres.jdbcUrl(), postgres.user(), postgres.password())
            .actors(EXAMPLE.resolve("actors"))
            .start();
    server = RelayServer.builder().relay(relay).port(0).start();
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
      if (command.words().get(0).equals("curl")) {
        compare(command, joined(command.answer()), call(command.words()));
      } else {
        Cli.Ran ran = run(command.words());
        assertThat(ran.code()).as("%s", ran).isZero();
        compare(command, command.answer(), ran.out().strip());
      }
    }
  }

  @Test
  void the_java_on_the_page_is_the_java_that_the_example_runs() throws IOException {
    assertThat(Readme.read().blocks("java"))
        .containsExactly(Readme.marked(EXAMPLE.resolve("src/test/java/shop/Embedding.java")));
  }

  private static void compare(Readme.Command command, String answer, String actual) {
    if (!answer.isEmpty()) {
      assertThat(withoutPassing(actual))
          .as("the answer to: %s", String.join(" ", command.words()))
          .matches(pattern(answer));
    }
  }

  private static String call(List<String> curl) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder();
    for (int i = 1; i < curl.size(); i++) {
      switch (curl.get(i)) {
        case "-X" -> assertThat(curl.get(++i)).isEqualTo("POST");
        case "-H" -> {
          String[] header = curl.get(++i).split(": ", 2);
          request.header(header[0], header[1]);
        }
        case "-d" -> request.POST(HttpRequest.BodyPublishers.ofString(curl.get(++i)));
        default ->
            request.uri(
                URI.create(
                    curl.get(i).replace("localhost:3000", "http://127.0.0.1:" + server.port())));
      }
    }
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString()).body();
  }

  private static Cli.Ran run(List<String> words) {
    return Cli.in(folder)
        .env("RELAY_URL", "http://127.0.0.1:" + server.port())
        .env("POSTGRES_HOST", postgres.host())
        .env("POSTGRES_PORT", String.valueOf(postgres.port()))
        .env("POSTGRES_DATABASE", postgres.database())
        .env("POSTGRES_USER", postgres.user())
        .env("POSTGRES_PASSWORD", postgres.password())
        .run(words.subList(1, words.size()).toArray(String[]::new));
  }

  /** An answer whose lines were broken to fit the page. */
  private static String joined(String answer) {
    return answer.lines().map(String::strip).collect(Collectors.joining());
  }

  /** The answer word by word, but for what is left out and what passes. */
  private static Pattern pattern(String answer) {
    String text =
        withoutPassing(answer)
            .lines()
            .map(line -> Pattern.quote(line).replace("…", "\\E.*\\Q"))
            .collect(Collectors.joining("\\s*\\R"));
    return Pattern.compile(text, Pattern.DOTALL);
  }

  private static String withoutPassing(String text) {
    return PASSING.matcher(text).replaceAll("<passing>");
  }
}
