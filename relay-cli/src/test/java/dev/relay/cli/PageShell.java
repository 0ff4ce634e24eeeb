package dev.relay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.Relay;
import dev.relay.RelayBuilder;
import dev.relay.embedded.EmbeddedPostgres;
import dev.relay.message.Json;
import dev.relay.server.RelayServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Does what a page tells people to type, against a node of the test: {@code relay}, {@code curl},
 * and {@code name=$(relay … | jq -r .path)}, whose value later commands name. Not thread-safe.
 */
final class PageShell implements AutoCloseable {
  /** What is another in each run. */
  private static final Pattern PASSING =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z");

  private static final Pattern KEPT = Pattern.compile("(\\w+)=\\$\\((\\w+)");

  private final Path folder;
  private final EmbeddedPostgres postgres;
  private final Relay relay;
  private final RelayServer server;
  private final Map<String, String> variables = new HashMap<>();

  /**
   * @param folder where it is typed
   * @param actors what the node runs
   */
  PageShell(Path folder, UnaryOperator<RelayBuilder> actors) {
    this.folder = folder;
    postgres = EmbeddedPostgres.temporary();
    RelayBuilder builder =
        Relay.builder().postgres(postgres.jdbcUrl(), postgres.user(), postgres.password());
    relay = actors.apply(builder).start();
    server = RelayServer.builder().relay(relay).port(0).start();
  }

  @Override
  public void close() {
    server.close();
    relay.close();
    postgres.close();
  }

  /**
   * What came of a command.
   *
   * @param code 0 for a call by curl, whatever its status; 1 where a value to be kept isn't there
   * @param shown what the page says
   */
  record Ran(String command, int code, String said, String shown) {
    /** Whether the page says the same, but for what it leaves out and what passes; or nothing. */
    boolean isAsShown() {
      return shown.isEmpty() || pattern(shown).matcher(withoutPassing(said)).matches();
    }
  }

  Ran run(Readme.Command command) throws IOException, InterruptedException {
    List<String> words = command.words().stream().map(this::filledIn).toList();
    String line = String.join(" ", words);
    if (words.get(0).equals("curl")) {
      return new Ran(line, 0, call(words), joined(command.answer()));
    }
    Matcher kept = KEPT.matcher(words.get(0));
    if (kept.matches()) {
      Cli.Ran ran = relay(words.subList(1, words.indexOf("|")));
      String path = words.get(words.size() - 1).replace(")", "");
      String pointer = path.replace(".", "/").replaceAll("\\[(\\d+)]", "/$1");
      String value =
          ran.code() == 0 ? Json.mapper().readTree(ran.out()).at(pointer).asString("") : "";
      variables.put(kept.group(1), value);
      return new Ran(line, value.isEmpty() ? 1 : 0, ran.out() + ran.err(), "");
    }
    Cli.Ran ran = relay(words.subList(1, words.size()));
    String said = ran.code() == 0 ? ran.out() : ran.err();
    return new Ran(line, ran.code(), said.strip(), command.answer());
  }

  private String filledIn(String word) {
    String filled = word;
    for (Map.Entry<String, String> each : variables.entrySet()) {
      filled = filled.replace("$" + each.getKey(), each.getValue());
    }
    return filled;
  }

  private String call(List<String> curl) throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder();
    for (int i = 1; i < curl.size(); i++) {
      switch (curl.get(i)) {
        case "-X" -> assertThat(curl.get(++i)).isEqualTo("POST");
        case "-H" -> {
          String[] header = curl.get(++i).split(": ", 2);
          request.header(header[0], header[1]);
        }
        case "-d" -> request.POST(HttpRequest.BodyPublishers.ofString(curl.get(++i)));
        default -> request.uri(URI.create(curl.get(i).replace("localhost:3000", url())));
      }
    }
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString()).body();
  }

  private String url() {
    return "http://127.0.0.1:" + server.port();
  }

  private Cli.Ran relay(List<String> words) {
    return Cli.in(folder)
        .env("RELAY_URL", url())
        .env("POSTGRES_HOST", postgres.host())
        .env("POSTGRES_PORT", String.valueOf(postgres.port()))
        .env("POSTGRES_DATABASE", postgres.database())
        .env("POSTGRES_USER", postgres.user())
        .env("POSTGRES_PASSWORD", postgres.password())
        .run(words.toArray(String[]::new));
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
