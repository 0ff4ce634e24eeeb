package dev.relay.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.catalog.Catalog;
import dev.relay.definition.ActorDefinitionReader.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DocumentationTest {
  private static final Path PAGE = Path.of("..", "docs", "actor-definition.md");
  private static final Pattern EXAMPLE = Pattern.compile("(?ms)^```yaml\\n(.*?)^```$");

  @Test
  void every_example_of_the_page_is_a_sound_definition_and_they_fit_together() throws IOException {
    List<Source> examples = new ArrayList<>();
    Matcher matcher = EXAMPLE.matcher(Files.readString(PAGE));
    while (matcher.find()) {
      examples.add(new Source("example " + (examples.size() + 1), matcher.group(1)));
    }

    DefinitionSet read = new ActorDefinitionReader().readAll(examples);
    read.check(new Catalog(0, Map.of(), Map.of()));

    assertThat(read.definitions())
        .extracting(ActorDefinition::name)
        .containsExactly(
            "cart", "inventory", "parcel", "order", "wallet", "payment", "checkout", "visit");
  }

  @Test
  void the_bounds_on_the_page_are_the_bounds_in_the_code() throws IOException {
    String page = Files.readString(PAGE);

    assertThat(page).contains(String.format("%,d values once", YamlReader.MAX_NODES));
    BreakerPolicy breaker = BreakerPolicy.DEFAULT;
    assertThat(page)
        .contains(
            "{ failures: %d, of: %d, pause: %s, probes: %d }"
                .formatted(
                    breaker.failures(),
                    breaker.of(),
                    Durations.text(breaker.pause()),
                    breaker.probes()));
    assertThat(page).contains("default " + RetryPolicy.DEFAULT.attempts() + ")");
    assertThat(page).contains("`" + Durations.text(RetryPolicy.DEFAULT.backoff()) + "`");
    assertThat(page).contains("`" + Durations.text(HandlersReader.DEFAULT_TIMEOUT) + "`");
  }
}
