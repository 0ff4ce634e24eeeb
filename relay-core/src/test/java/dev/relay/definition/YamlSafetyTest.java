package dev.relay.definition;

import static dev.relay.definition.Definitions.problems;
import static dev.relay.definition.Definitions.read;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.definition.YamlNode.Mapping;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class YamlSafetyTest {
  private static final String HEAD = "actor:\n  name: thing\n  key: id\n";

  @Test
  void words_that_old_yaml_reads_as_something_else_stay_words() {
    ActorDefinition thing =
        read(
            """
            actor:
              name: on
              key: no
              description: 12:30:45
              handles:
                YES:
                  payload: { no: string, on: [yes, off], y: integer, time?: string, 2026: date }
                  do: { reply: on }
            """);

    assertThat(thing.name()).isEqualTo("on");
    assertThat(thing.description()).isEqualTo("12:30:45");
    HandlerDefinition handler = requireNonNull(thing.handlers().get("YES"));
    JsonNode payload = requireNonNull(handler.payloadSchema());
    assertThat(payload.path("properties").propertyNames())
        .containsExactly("no", "on", "y", "time", "2026");
    assertThat(payload.at("/properties/on/enum")).hasToString("[\"yes\",\"off\"]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "true | true",
        "null | null",
        "~ | null",
        "12 | 12",
        "-1.50 | -1.50",
        "1e3 | 1E+3",
        "0777 | \"0777\"",
        "0x10 | \"0x10\"",
        "1_000 | \"1_000\"",
        "2026-01-01 | \"2026-01-01\"",
        ".5 | \".5\"",
        "yes | \"yes\"",
        "True | \"True\"",
        "=  | \"=\"",
      })
  void only_json_has_a_say_in_what_plain_text_means(String written, String json) {
    Problems problems = new Problems("x");

    YamlNode node = YamlReader.read("value: " + written, problems);

    assertThat(problems.found()).isEmpty();
    assertThat(((Mapping) requireNonNull(node)).json().path("value")).hasToString(json);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "!!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[!!java.net.URL [x]]]]",
        "!custom thing",
        "!!binary aGk=",
        "!!timestamp 2026-01-01",
        "!!set { a, b }",
      })
  void tags_are_refused_and_nothing_is_built_from_them(String value) {
    assertThat(problems(HEAD + "  description: " + value))
        .anySatisfy(
            problem -> {
              assertThat(problem.message()).containsPattern("[Tt]ag .*allowed");
              assertThat(problem.line()).isEqualTo(4);
              assertThat(problem.column()).isEqualTo(16);
            });
  }

  @Test
  void a_billion_laughs_are_refused() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha]\n");
    for (int i = 1; i < 10; i++) {
      String alias = "*a" + (i - 1);
      bomb.append("a").append(i).append(": &a").append(i).append(" [");
      bomb.append((alias + ", ").repeat(4)).append(alias).append("]\n");
    }

    assertThat(problems(bomb.toString()))
        .singleElement()
        .satisfies(problem -> assertThat(problem.message()).contains("more than 20000 values"));
  }

  @Test
  void too_many_aliases_are_refused() {
    assertThat(problems("a: &a [x]\nb: [" + "*a, ".repeat(200) + "*a]"))
        .singleElement()
        .satisfies(problem -> assertThat(problem.message()).containsIgnoringCase("aliases"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a: &a [ *a ]", "a: &a { b: *a }", "&a [ { x: *a } ]"})
  void a_value_within_itself_is_refused(String yaml) {
    assertThat(problems(yaml))
        .singleElement()
        .satisfies(problem -> assertThat(problem.message()).contains("contains itself"));
  }

  @Test
  void deep_nesting_and_endless_text_are_refused() {
    assertThat(problems("[".repeat(10_000)))
        .singleElement()
        .satisfies(problem -> assertThat(problem.message()).contains("Nesting Depth"));
    assertThat(problems("# " + "x".repeat(YamlReader.MAX_CHARACTERS)))
        .singleElement()
        .satisfies(
            problem -> assertThat(problem.message()).contains("larger than a definition may be"));
    assertThat(problems("a: [" + "1,".repeat(30_000) + "1]"))
        .singleElement()
        .satisfies(problem -> assertThat(problem.message()).contains("more than 20000 values"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e999999999", "1e-999999999"})
  void a_number_that_would_fill_the_memory_is_refused(String number) {
    assertThat(problems(HEAD + "  version: " + number))
        .anySatisfy(problem -> assertThat(problem.message()).contains("not a usable number"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "actor:\\n  name: a\\n  name: b      | 3 | 3  | the key \"name\" twice; it is in line 2",
        "actor:\\n\\tname: a                 | 2 | 1  | not readable as YAML",
        "actor: { name: a                    | 1 | 17 | not readable as YAML",
        "actor: 'a                           | 1 | 10 | not readable as YAML",
        "a: 1\\n---\\nb: 2                   | 2 | 1  | not readable as YAML",
        "a: *nobody                          | 1 | 4  | undefined alias nobody",
        "? [a]\\n: b                         | 1 | 3  | a key is a text",
        "a: @BELL                            | 1 | 4  | a character that YAML doesn't allow",
        "<<: [1]                             | 1 | 6  | << merges mappings; this is a number",
      })
  void broken_yaml_is_a_problem_with_its_place(
      String escaped, int line, int column, String message) {
    String yaml = escaped.strip().translateEscapes().replace("@BELL", "\u0007");

    assertThat(problems(yaml))
        .anySatisfy(
            problem -> {
              assertThat(problem.message()).contains(message);
              assertThat(List.of(problem.line(), problem.column())).containsExactly(line, column);
            });
  }

  @Test
  void an_empty_file_says_what_belongs_into_it() {
    assertThat(problems("# nothing yet\n"))
        .singleElement()
        .satisfies(problem -> assertThat(problem.message()).contains("expected: actor:"));
  }

  @Test
  void anchors_and_merges_save_typing() {
    ActorDefinition thing =
        read(
            """
            actor:
              name: thing
              key: id
              handles:
                ONE: &one { payload: &payload { id: string, n: integer }, do: { reply: n } }
                TWO: { <<: *one, timeout: 1s }
                THREE: { payload: { <<: *payload, n: string }, do: { reply: n } }
            """);

    assertThat(thing.handlers()).containsOnlyKeys("ONE", "TWO", "THREE");
    assertThat(thing.source().at("/actor/handles/THREE/payload"))
        .hasToString("{\"n\":\"string\",\"id\":\"string\"}");
  }
}
