package dev.relay.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.definition.ActorDefinitionReader.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The examples of the page on flows are what the reader takes. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FlowDocumentationTest {
  private static final Path PAGE = Path.of("..", "docs", "flows.md");
  private static final Pattern EXAMPLE = Pattern.compile("(?ms)^```yaml\\n(.*?)^```$");

  @Test
  void every_example_of_the_page_is_a_sound_flow() throws IOException {
    List<Source> examples = new ArrayList<>();
    Matcher matcher = EXAMPLE.matcher(Files.readString(PAGE));
    while (matcher.find()) {
      examples.add(new Source("example " + (examples.size() + 1), matcher.group(1)));
    }

    assertThat(new FlowDefinitionReader().readAll(examples).flows())
        .extracting(FlowDefinition::name)
        .containsExactly("checkout", "delivery");
  }
}
