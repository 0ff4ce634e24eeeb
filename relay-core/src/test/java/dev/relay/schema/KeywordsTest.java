package dev.relay.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.message.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Every keyword of draft 2020-12 with a document it accepts and one it refuses, and where. */
class KeywordsTest {
  private final SchemaCompiler compiler = new SchemaCompiler();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          # schema | valid | invalid | pointer keyword
          true | 1 | - | -
          false | - | 1 | ' false'
          {"type":"null"} | null | 0 | ' type'
          {"type":"boolean"} | false | "false" | ' type'
          {"type":"object"} | {} | [] | ' type'
          {"type":"array"} | [] | {} | ' type'
          {"type":"number"} | 1.5 | "1.5" | ' type'
          {"type":"string"} | "" | 1 | ' type'
          {"type":"integer"} | 1.0 | 1.5 | ' type'
          {"type":"integer"} | 1e3 | 1e-3 | ' type'
          {"type":"integer"} | 12345678901234567890123 | 12345678901234567890123.5 | ' type'
          {"type":["integer","null"]} | null | "a" | ' type'
          {"enum":[1,"a",{"b":[2]}]} | {"b":[2.0]} | {"b":[3]} | ' enum'
          {"const":1} | 1.0 | true | ' const'
          {"const":9007199254740993} | 9007199254740993 | 9007199254740992 | ' const'
          {"multipleOf":0.01} | 29.99 | 29.995 | ' multipleOf'
          {"multipleOf":0.01} | 0.07 | 0.075 | ' multipleOf'
          {"multipleOf":3} | 9007199254740993 | 9007199254740992 | ' multipleOf'
          {"minimum":1} | 1 | 0.999 | ' minimum'
          {"maximum":9007199254740992} | 9007199254740992 | 9007199254740993 | ' maximum'
          {"maximum":0.1} | 0.1 | 0.10000000000000000001 | ' maximum'
          {"exclusiveMinimum":1} | 1.1 | 1 | ' exclusiveMinimum'
          {"exclusiveMaximum":1} | 0.9 | 1 | ' exclusiveMaximum'
          {"minLength":2} | "😀😀" | "😀" | ' minLength'
          {"maxLength":1} | "😀" | "ab" | ' maxLength'
          {"pattern":"^a$"} | "a" | "a\\n" | ' pattern'
          {"pattern":"b"} | "abc" | "ac" | ' pattern'
          {"minItems":1} | [1] | [] | ' minItems'
          {"maxItems":1} | [1] | [1,2] | ' maxItems'
          {"uniqueItems":true} | [1,2,"1"] | [1,1.0] | ' uniqueItems'
          {"minProperties":1} | {"a":1} | {} | ' minProperties'
          {"maxProperties":1} | {"a":1} | {"a":1,"b":2} | ' maxProperties'
          {"required":["a"]} | {"a":null} | {"b":1} | ' required'
          {"dependentRequired":{"a":["b"]}} | {"b":1} | {"a":1} | ' dependentRequired'
          {"dependentSchemas":{"a":{"maxProperties":1}}} | {"a":1} | {"a":1,"b":1} | ' maxProperties'
          {"properties":{"a":{"type":"string"}}} | {"a":"","b":1} | {"a":1} | '/a type'
          {"properties":{"a":false}} | {"b":1} | {"a":1} | '/a false'
          {"patternProperties":{"^x-":{"type":"string"}}} | {"x-a":"","y":1} | {"x-a":1} | '/x-a type'
          {"properties":{"a":{}},"additionalProperties":false} | {"a":1} | {"b":1} | '/b additionalProperties'
          {"additionalProperties":{"type":"string"}} | {"a":""} | {"a":1} | '/a type'
          {"propertyNames":{"maxLength":1}} | {"a":1} | {"ab":1} | '/ab propertyNames'
          {"items":{"type":"string"}} | ["a"] | ["a",1] | '/1 type'
          {"prefixItems":[{"type":"string"}]} | ["a",1] | [1] | '/0 type'
          {"prefixItems":[{}],"items":false} | [1] | [1,2] | '/1 items'
          {"contains":{"type":"string"}} | [1,"a"] | [1] | ' contains'
          {"contains":{"const":1},"minContains":2} | [1,1] | [1] | ' minContains'
          {"contains":{"const":1},"maxContains":1} | [1,2] | [1,1] | ' maxContains'
          {"contains":{"const":1},"minContains":0} | [] | - | -
          {"allOf":[{"minimum":1},{"maximum":2}]} | 2 | 3 | ' maximum'
          {"anyOf":[{"type":"string"},{"minimum":2}]} | "a" | 1 | ' minimum'
          {"oneOf":[{"multipleOf":2},{"multipleOf":3}]} | 4 | 6 | ' oneOf'
          {"not":{"type":"string"}} | 1 | "a" | ' not'
          {"if":{"type":"string"},"then":{"minLength":1},"else":{"minimum":1}} | "a" | 0 | ' minimum'
          {"if":{"type":"string"},"then":{"minLength":1}} | 0 | "" | ' minLength'
          {"allOf":[{"properties":{"a":{}}}],"unevaluatedProperties":false} | {"a":1} | {"a":1,"b":1} | '/b unevaluatedProperties'
          {"if":{"required":["a"]},"then":{"properties":{"a":{}}},"unevaluatedProperties":false} | {"a":1} | {"b":1} | '/b unevaluatedProperties'
          {"allOf":[{"prefixItems":[{}]}],"unevaluatedItems":false} | [1] | [1,2] | '/1 unevaluatedItems'
          {"contains":{"type":"string"},"unevaluatedItems":false} | ["a"] | ["a",1] | '/1 unevaluatedItems'
          {"$ref":"#/$defs/a","$defs":{"a":{"type":"string"}}} | "a" | 1 | ' type'
          {"$ref":"#/$defs/a","maxLength":1,"$defs":{"a":{"type":"string"}}} | "a" | "ab" | ' maxLength'
          {"$ref":"#/$defs/a%25~1b","$defs":{"a%/b":{"type":"string"}}} | "a" | 1 | ' type'
          {"$ref":"#n","$defs":{"a":{"$anchor":"n","type":"string"}}} | "a" | 1 | ' type'
          {"$id":"https://example.com/a","$ref":"b","$defs":{"b":{"$id":"b","type":"string"}}} | "a" | 1 | ' type'
          {"$id":"urn:uuid:0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b","$ref":"#/$defs/b","$defs":{"b":{"type":"string"}}} | "a" | 1 | ' type'
          {"type":"object","properties":{"next":{"$ref":"#"}},"additionalProperties":false} | {"next":{"next":{}}} | {"next":{"nxt":{}}} | '/next/nxt additionalProperties'
          {"$ref":"https://json-schema.org/draft/2020-12/schema"} | {"type":"string"} | {"type":"strin"} | '/type enum'
          {"format":"date"} | 1 | "2026-02-30" | ' format'
          {"contentEncoding":"base64","contentMediaType":"application/json","contentSchema":{"type":"string"}} | "%%%" | - | -
          {"title":"t","description":"d","default":1,"deprecated":true,"readOnly":true,"writeOnly":true,"examples":[1],"$comment":"c","x-own":1} | 1 | - | -
          {"$vocabulary":{},"$comment":"c"} | 1 | - | -
          """)
  void accepts_and_refuses(String schema, String valid, String invalid, String where) {
    DocumentSchema compiled = compiler.compile(json(schema));
    if (!valid.equals("-")) {
      assertThat(compiled.check(json(valid))).isEqualTo(Verdict.ACCEPTED);
    }
    if (!invalid.equals("-")) {
      assertThat(compiled.check(json(invalid)).violations())
          .extracting(violation -> violation.pointer() + " " + violation.keyword())
          .containsExactly(where.substring(1, where.length() - 1));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          date-time | 2026-02-14T09:30:00Z | 2026-02-14 09:30
          date-time | 2026-02-14T09:30:00.123456+02:00 | 2026-13-14T09:30:00Z
          date | 2024-02-29 | 2026-02-29
          time | 09:30:00Z | 9:30
          duration | P1DT12H | 1 day
          email | ada@example.com | ada@
          idn-email | ada@example.com | ada
          hostname | shop.example.com | -shop-.example
          idn-hostname | bücher.example | 〮x
          ipv4 | 192.0.2.1 | 192.0.2.256
          ipv6 | 2001:db8::1 | 2001:db8::g
          uri | https://example.com/a?b#c | /relative
          uri-reference | /relative?a=b | \\\\windows
          iri | https://bücher.example/ü | /relative
          iri-reference | ü | \\\\windows
          uuid | 0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b | 0190a1b2c3d47e5f8a9b0c1d2e3f4a5b
          uri-template | /orders/{id} | /orders/{id
          json-pointer | /a~1b/0 | a/b
          relative-json-pointer | 1/a | /a
          regex | ^[a-z]+$ | ^(a
          """)
  void asserts_formats(String format, String valid, String invalid) {
    DocumentSchema compiled = compiler.compile(json("{\"format\":\"" + format + "\"}"));
    assertThat(compiled.check(Json.mapper().valueToTree(valid))).isEqualTo(Verdict.ACCEPTED);
    assertThat(compiled.check(Json.mapper().valueToTree(invalid)).violations())
        .singleElement()
        .satisfies(violation -> assertThat(violation.keyword()).isEqualTo("format"))
        .satisfies(violation -> assertThat(violation.message()).contains("must be a"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          https://json-schema.org/draft/2019-09/schema | "items":[{"type":"string"}],"additionalItems":false | ["a"] | ["a",1]
          https://json-schema.org/draft/2019-09/schema | "$recursiveAnchor":true,"properties":{"a":{"$recursiveRef":"#"}},"maxProperties":1 | {"a":{}} | {"a":{"b":1,"c":1}}
          http://json-schema.org/draft-07/schema# | "dependencies":{"a":["b"]} | {"b":1} | {"a":1}
          http://json-schema.org/draft-07/schema# | "definitions":{"a":{"$id":"#n","type":"string"}},"properties":{"x":{"$ref":"#n"}} | {"x":"a"} | {"x":1}
          http://json-schema.org/draft-06/schema# | "exclusiveMinimum":1 | 2 | 1
          http://json-schema.org/draft-04/schema# | "minimum":1,"exclusiveMinimum":true | 2 | 1
          http://json-schema.org/draft-04/schema# | "id":"http://example.com/a","definitions":{"b":{"id":"b","type":"string"}},"properties":{"x":{"$ref":"b"}} | {"x":"a"} | {"x":1}
          """)
  void speaks_older_drafts(String dialect, String keywords, String valid, String invalid) {
    DocumentSchema compiled =
        compiler.compile(json("{\"$schema\":\"" + dialect + "\"," + keywords + "}"));
    assertThat(compiled.check(json(valid))).isEqualTo(Verdict.ACCEPTED);
    assertThat(compiled.check(json(invalid))).isInstanceOf(Verdict.Refused.class);
  }

  /** The tree of the specification: an extension decides what the children of the base are. */
  @Test
  void follows_dynamic_references_to_the_outermost_anchor() {
    DocumentSchema strictTree =
        compiler.compile(
            json(
                """
                { "$id": "https://example.com/strict-tree", "$dynamicAnchor": "node",
                  "$ref": "tree", "unevaluatedProperties": false,
                  "$defs": { "tree": { "$id": "tree", "$dynamicAnchor": "node", "type": "object",
                    "properties": { "data": true,
                      "children": { "type": "array", "items": { "$dynamicRef": "#node" } } } } } }
                """));
    assertThat(strictTree.check(json("{\"children\":[{\"data\":1}]}"))).isEqualTo(Verdict.ACCEPTED);
    assertThat(strictTree.check(json("{\"children\":[{\"daat\":1}]}")).violations())
        .containsExactly(
            new Violation(
                "/children/0/daat",
                "unevaluatedProperties",
                "unknown field; did you mean \"data\"?"));
  }

  private static JsonNode json(String text) {
    return Json.mapper().readTree(text);
  }
}
