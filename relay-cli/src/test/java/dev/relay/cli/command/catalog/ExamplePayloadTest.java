package dev.relay.cli.command.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.cli.output.JsonText;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExamplePayloadTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"type":"object","required":["userId"],"properties":{"userId":{"type":"string"},"n":{"type":"integer"}}} | {"userId":"user-1","n":1} | {"userId":"user-1"}
          {"$ref":"#/$defs/A","$defs":{"A":{"type":"object","required":["x"],"properties":{"x":{"$ref":"#/$defs/B"}}},"B":{"enum":["one","two"]}}} | {"x":"one"} | {"x":"one"}
          {"type":"object","properties":{"q":{"type":"integer","minimum":5},"p":{"type":"number","maximum":1},"c":{"const":true},"d":{"default":[]}}} | {"q":5,"p":1,"c":true,"d":[]} | {}
          {"type":"object","properties":{"at":{"type":"string","format":"date-time"},"s":{"type":"string","minLength":3},"t":{"type":["string","null"],"maxLength":2}}} | {"at":"2026-01-31T12:00:00Z","s":"sxx","t":"t"} | {}
          {"type":"object","properties":{"items":{"type":"array","minItems":2,"items":{"type":"boolean"}}}} | {"items":[true,true]} | {}
          {"type":"object","properties":{"c":{"anyOf":[{"type":"integer"},{"type":"string"}]}}} | {"c":1} | {}
          {"$ref":"#"} | {} | {}
          true | {} | {}
          """)
  void an_example_follows_its_schema(String schema, String full, String required) {
    assertThat(JsonText.line(ExamplePayload.full(JsonText.object(schema)).value())).isEqualTo(full);
    assertThat(JsonText.line(ExamplePayload.required(JsonText.object(schema)).value()))
        .isEqualTo(required);
  }

  @org.junit.jupiter.api.Test
  void a_schema_that_contains_itself_ends() {
    String tree =
        """
        {"$ref":"#/$defs/T","$defs":{"T":{"type":"object","properties":{"t":{"$ref":"#/$defs/T"}}}}}
        """;
    assertThat(JsonText.line(ExamplePayload.full(JsonText.object(tree)).value()))
        .startsWith("{\"t\":{\"t\":");
  }
}
