package dev.relay.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.message.Json;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class ViolationsTest {
  private final SchemaCompiler compiler = new SchemaCompiler();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"type":"integer"} | "2" | is "2" (string), must be integer
          {"type":["integer","null"]} | {"a":[1,2]} | is {"a":[1,2]} (object), must be integer or null
          {"type":"string"} | null | is null, must be string
          {"minimum":1} | 0 | must be >= 1, is 0
          {"maximum":100} | 1e2000 | must be <= 100, is 1E+2000
          {"exclusiveMinimum":0} | 0 | must be > 0, is 0
          {"multipleOf":0.01} | 29.995 | must be a multiple of 0.01, is 29.995
          {"required":["userId"]} | {} | required field "userId" is missing
          {"enum":["card","paypal"]} | "crd" | is "crd", must be one of "card", "paypal"; did you mean "card"?
          {"const":1} | 2 | is 2, must be 1
          {"properties":{"currency":{}},"additionalProperties":false} | {"currncy":1} | unknown field; did you mean "currency"?
          {"properties":{"currency":{}},"additionalProperties":false} | {"currncy":1,"currency":2} | unknown field
          {"allOf":[{"$ref":"#/$defs/m"}],"unevaluatedProperties":false,"$defs":{"m":{"properties":{"currency":{}}}}} | {"currncy":1} | unknown field; did you mean "currency"?
          {"minLength":3} | "ab" | must have at least 3 characters, has 2: "ab"
          {"minLength":1} | "" | must have at least 1 character, has 0
          {"maxLength":1} | "a\\nb" | must have at most 1 character, has 3: "a\\nb"
          {"pattern":"^[A-Z]+$"} | "ab" | is "ab", must match the pattern "^[A-Z]+$"
          {"format":"date-time"} | "now" | is "now", must be a date and time with offset like 2026-02-14T09:30:00Z
          {"minItems":2} | [1] | must have at least 2 items, has 1
          {"uniqueItems":true} | [1,2,1] | must have no two equal items, has 1 twice
          {"contains":{"type":"string"}} | [1] | must contain at least 1 items that fit the schema of contains
          {"dependentRequired":{"card":["cvc"]}} | {"card":1} | required field "cvc" is missing; "card" requires it
          {"dependencies":{"card":["cvc"]}} | {"card":1} | required field "cvc" is missing; "card" requires it
          {"propertyNames":false} | {"a":1} | is not allowed here: no field is
          {"prefixItems":[true],"items":false} | [1,2] | is one item too many; no schema allows an item at index 1
          {"not":{"type":"string"}} | "a" | is "a", must not fit the schema of not
          {"properties":{"a":false}} | {"a":1} | is not allowed here
          """)
  void say_what_was_found_and_what_is_expected(String schema, String document, String message) {
    assertThat(check(schema, document)).extracting(Violation::message).containsExactly(message);
  }

  @Test
  void cut_long_values() {
    String found = "{\"long\":\"" + "😀".repeat(500) + "\"}";
    String message = check("{\"type\":\"string\"}", found).get(0).message();
    assertThat(message).endsWith("… (object), must be string").hasSizeLessThan(110);
    assertThat(message.codePoints()).noneMatch(c -> c >= 0xD800 && c <= 0xDFFF);
  }

  @Test
  void come_in_document_order_with_escaped_pointers() {
    String schema =
        """
        { "required": ["z"],
          "properties": { "b": { "type": "string" }, "a~/": { "items": { "minimum": 2 } } },
          "additionalProperties": false }
        """;
    assertThat(check(schema, "{\"x\":1,\"a~/\":[3,1,0],\"b\":1}"))
        .extracting(Violation::pointer)
        .containsExactly("", "/x", "/a~0~1/1", "/a~0~1/2", "/b");
  }

  @Test
  void are_a_hundred_and_the_count_of_the_rest() {
    String wrong =
        IntStream.range(0, 5_000).mapToObj(i -> "\"a\"").collect(Collectors.joining(","));
    List<Violation> violations = check("{\"items\":{\"type\":\"integer\"}}", "[" + wrong + "]");
    assertThat(violations).hasSize(101);
    assertThat(violations.get(99).pointer()).isEqualTo("/99");
    assertThat(violations.get(100).message()).isEqualTo("and about 4900 more violations");
  }

  @Test
  void of_a_hundred_thousand_unknown_fields_are_told_without_delay() {
    String fields =
        IntStream.range(0, 90_000)
            .mapToObj(i -> "\"f" + i + "\":0")
            .collect(Collectors.joining(","));
    for (String keyword : List.of("additionalProperties", "unevaluatedProperties")) {
      String schema = "{\"properties\":{\"f\":{}},\"" + keyword + "\":false}";
      assertThat(check(schema, "{" + fields + "}")).hasSize(101);
    }
  }

  @Nested
  class OfAlternatives {
    @Test
    void name_all_types_where_none_fits() {
      assertThat(check("{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"null\"}]}", "1"))
          .containsExactly(new Violation("", "type", "is 1 (integer), must be string or null"));
    }

    @Test
    void name_all_values_where_none_fits() {
      assertThat(
              check("{\"items\":{\"oneOf\":[{\"const\":\"a\"},{\"enum\":[\"b\",1]}]}}", "[\"c\"]"))
          .containsExactly(new Violation("/0", "enum", "is \"c\", must be one of \"a\", \"b\", 1"));
    }

    @Test
    void are_those_of_the_only_one_with_the_right_type() {
      String nullable =
          "{\"anyOf\":[{\"type\":\"null\"},{\"type\":\"object\",\"required\":[\"a\",\"b\"]}]}";
      assertThat(check(nullable, "{}"))
          .extracting(Violation::message)
          .containsExactly("required field \"a\" is missing", "required field \"b\" is missing");
    }

    @Test
    void are_those_of_the_only_one_with_the_right_tag() {
      String payment =
          """
          { "oneOf": [
            { "properties": { "kind": { "const": "card" }, "cvc": { "type": "string" } },
              "required": ["kind", "cvc"] },
            { "properties": { "kind": { "const": "bank" }, "iban": { "type": "string" } },
              "required": ["kind", "iban"] } ] }
          """;
      assertThat(check(payment, "{\"kind\":\"card\",\"cvc\":1}"))
          .containsExactly(new Violation("/cvc", "type", "is 1 (integer), must be string"));
      assertThat(check(payment, "{\"kind\":\"cash\"}"))
          .containsExactly(
              new Violation("/kind", "enum", "is \"cash\", must be one of \"card\", \"bank\""));
    }

    @Test
    void are_one_line_where_nothing_tells_which_was_meant() {
      String contact = "{\"anyOf\":[{\"required\":[\"email\"]},{\"required\":[\"phone\"]}]}";
      assertThat(check(contact, "{}"))
          .containsExactly(
              new Violation(
                  "",
                  "anyOf",
                  "fits none of the 2 alternatives: required field \"email\" is missing; or"
                      + " required field \"phone\" is missing"));
    }

    @Test
    void say_when_too_many_fit() {
      assertThat(check("{\"oneOf\":[{\"minimum\":1},{\"maximum\":5},{\"const\":9}]}", "3"))
          .containsExactly(
              new Violation(
                  "", "oneOf", "fits 2 of the alternatives, must fit exactly one of them"));
    }

    @Test
    void are_told_for_each_item_on_its_own() {
      String schema = "{\"items\":{\"anyOf\":[{\"type\":\"string\"},{\"minimum\":3}]}}";
      assertThat(check(schema, "[1,\"a\",2]"))
          .extracting(Violation::pointer)
          .containsExactly("/0", "/2");
    }

    @Test
    void are_not_confused_by_fields_called_like_keywords() {
      String schema =
          "{\"properties\":{\"anyOf\":{\"type\":\"string\"},\"oneOf\":{\"properties\":{\"1\":{\"type\":\"string\"}}}}}";
      assertThat(check(schema, "{\"anyOf\":1,\"oneOf\":{\"1\":2}}"))
          .extracting(Violation::pointer)
          .containsExactly("/anyOf", "/oneOf/1");
    }
  }

  @Test
  void leave_out_what_only_follows_from_another() {
    String schema =
        """
        { "allOf": [{ "properties": { "a": { "type": "string" }, "b": {} } }],
          "unevaluatedProperties": false }
        """;
    assertThat(check(schema, "{\"a\":1,\"b\":2,\"c\":3}"))
        .extracting(violation -> violation.pointer() + " " + violation.keyword())
        .containsExactly("/a type", "/c unevaluatedProperties");
  }

  /** Break any number of fields of a valid document: exactly those are told. */
  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23})
  void point_at_exactly_what_was_broken(long seed) {
    Random random = new Random(seed);
    ObjectNode schema = Json.mapper().createObjectNode();
    for (int i = 0; i < 20; i++) {
      schema.withObject("/properties/f" + i).put("type", i % 2 == 0 ? "integer" : "string");
    }
    DocumentSchema compiled = compiler.compile(schema);
    for (int round = 0; round < 300; round++) {
      ObjectNode document = Json.mapper().createObjectNode();
      List<Integer> broken =
          random.ints(0, 20).limit(random.nextInt(5)).distinct().sorted().boxed().toList();
      for (int i = 0; i < 20; i++) {
        boolean number = i % 2 == 0 ^ broken.contains(i);
        document.set("f" + i, Json.mapper().valueToTree(number ? (Object) 1 : "one"));
      }
      assertThat(compiled.check(document).violations())
          .extracting(Violation::pointer)
          .containsExactlyElementsOf(broken.stream().map(i -> "/f" + i).toList());
    }
  }

  private List<Violation> check(String schema, String document) {
    JsonNode tree = Json.mapper().readTree(document);
    return compiler.compile(Json.mapper().readTree(schema)).check(tree).violations();
  }
}
