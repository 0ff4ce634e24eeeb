package dev.relay.schema;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.message.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The time bounds are a hundred times what is needed: they tell an end from none. */
@Timeout(value = 60, unit = SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileSchemaTest {
  private final SchemaCompiler compiler = new SchemaCompiler();

  @ParameterizedTest
  @ValueSource(
      strings = {"^(a+)+$", "^(a|aa)+$", "^(a|b|ab)*$", "(.*a){25}$", "^(\\w+\\s?)*$", "(a|b)*c"})
  void patterns_that_backtrack_without_end_are_refused(String pattern) {
    ObjectNode schema = Json.mapper().createObjectNode().put("pattern", pattern);
    JsonNode text = Json.mapper().valueToTree("a".repeat(100_000) + "!");
    assertThat(compiler.compile(schema).check(text).violations())
        .singleElement()
        .satisfies(violation -> assertThat(violation.keyword()).isEqualTo("pattern"))
        .satisfies(violation -> assertThat(violation.message()).contains("too many steps"));
  }

  @Test
  void a_costly_pattern_does_not_pass_by_negation() {
    JsonNode schema = json("{\"not\":{\"pattern\":\"^(a+)+$\"}}");
    JsonNode text = Json.mapper().valueToTree("a".repeat(5_000) + "!");
    assertThat(compiler.compile(schema).check(text)).isInstanceOf(Verdict.Refused.class);
  }

  @Test
  void honest_patterns_read_long_texts() {
    JsonNode schema = json("{\"pattern\":\"^[a-z ]+$\"}");
    JsonNode text = Json.mapper().valueToTree("some text ".repeat(100_000));
    assertThat(compiler.compile(schema).check(text)).isEqualTo(Verdict.ACCEPTED);
  }

  @Test
  void references_that_double_at_each_step_are_stopped() {
    ObjectNode schema = Json.mapper().createObjectNode().put("$ref", "#/$defs/s0");
    for (int i = 0; i < 60; i++) {
      String next = "{\"allOf\":[{\"$ref\":\"#/$defs/s%1$d\"},{\"$ref\":\"#/$defs/s%1$d\"}]}";
      schema.withObject("/$defs").set("s" + i, json(String.format(next, i + 1)));
    }
    schema.withObject("/$defs").set("s60", json("{\"type\":\"string\"}"));
    assertThat(compiler.compile(schema).check(json("\"a\"")).violations())
        .singleElement()
        .satisfies(violation -> assertThat(violation.message()).contains("more checks than"));
  }

  @Test
  void dynamic_references_that_circle_are_stopped() {
    JsonNode schema = json("{\"$dynamicAnchor\":\"n\",\"$dynamicRef\":\"#n\"}");
    assertThat(compiler.compile(schema).check(json("1"))).isInstanceOf(Verdict.Refused.class);
  }

  @Test
  void recursive_schemas_follow_documents_as_deep_as_they_may_be() {
    JsonNode schema =
        json(
            "{\"type\":\"object\",\"properties\":{\"n\":{\"anyOf\":[{\"type\":\"null\"},{\"$ref\":\"#\"}]}},\"unevaluatedProperties\":false}");
    DocumentSchema compiled = compiler.compile(schema);
    assertThat(compiled.check(json("{\"n\":".repeat(63) + "{}" + "}".repeat(63))))
        .isEqualTo(Verdict.ACCEPTED);
    List<Violation> wrong =
        compiled.check(json("{\"n\":".repeat(63) + "1" + "}".repeat(63))).violations();
    assertThat(wrong).hasSize(1);
    assertThat(wrong.get(0).pointer()).isEqualTo("/n".repeat(63));
  }

  @Test
  void later_changes_to_the_tree_do_not_reach_the_compiled_schema() {
    ObjectNode schema =
        (ObjectNode) json("{\"properties\":{\"currency\":{}},\"additionalProperties\":false}");
    DocumentSchema compiled = compiler.compile(schema);
    schema.removeAll();
    assertThat(compiled.check(json("{\"currncy\":1}")).violations())
        .extracting(Violation::message)
        .containsExactly("unknown field; did you mean \"currency\"?");
  }

  @Test
  void two_versions_with_one_id_stay_apart() {
    String version = "{\"$id\":\"https://example.com/a\",\"type\":\"%s\"}";
    DocumentSchema first = compiler.compile(json(String.format(version, "string")));
    DocumentSchema second = compiler.compile(json(String.format(version, "integer")));
    assertThat(first.check(json("\"a\""))).isEqualTo(Verdict.ACCEPTED);
    assertThat(second.check(json("1"))).isEqualTo(Verdict.ACCEPTED);
    assertThat(second.check(json("\"a\""))).isInstanceOf(Verdict.Refused.class);
  }

  @Test
  void many_threads_share_a_compiler_and_a_schema() throws Exception {
    String text =
        """
        { "properties": { "n": { "type": "integer", "minimum": 0 }, "c": { "$ref": "#" },
          "u": { "anyOf": [{ "type": "string", "pattern": "^a+$" }, { "type": "null" }] } },
          "unevaluatedProperties": false }
        """;
    DocumentSchema shared = compiler.compile(json(text));
    JsonNode valid = json("{\"n\":1,\"u\":\"aa\",\"c\":{\"u\":null}}");
    JsonNode invalid = json("{\"n\":-1,\"u\":\"b\",\"c\":{\"x\":null}}");
    List<Violation> expected = shared.check(invalid).violations();
    assertThat(expected).hasSize(3);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Void>> work = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        work.add(
            () -> {
              DocumentSchema own = compiler.compile(json(text));
              for (int round = 0; round < 500; round++) {
                assertThat(shared.check(valid)).isEqualTo(Verdict.ACCEPTED);
                assertThat(shared.check(invalid).violations()).isEqualTo(expected);
                assertThat(own.check(invalid).violations()).isEqualTo(expected);
              }
              return null;
            });
      }
      for (Future<Void> done : threads.invokeAll(work)) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static JsonNode json(String text) {
    return Json.mapper().readTree(text);
  }
}
