package dev.relay.definition;

import static dev.relay.definition.Definitions.read;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.message.Json;
import dev.relay.schema.DocumentSchema;
import dev.relay.schema.SchemaCompiler;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class TypesTest {
  private static final SchemaCompiler COMPILER = new SchemaCompiler();

  private static final String NAMED =
      """
        types:
          Status: [open, closed]
          Line: { sku: string, price: money, tags?: array<string> }
          Tree: { value: integer, children: array<Tree> }
          Size: { schema: { type: integer, minimum: 1, maximum: 9 } }
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "string | `''` | 1",
        "integer | 12 | 1.5",
        "integer | 1.0 | `'1'`",
        "number | 1.5 | `'1.5'`",
        "money | 59.98 | 0.00001",
        "money | 0.1 | `'59.98'`",
        "money | -12345678901.2345 | true",
        "boolean | false | 0",
        "timestamp | `'2026-11-01T10:00:00Z'` | `'yesterday'`",
        "date | `'2026-11-01'` | `'2026-13-01'`",
        "uuid | `'0192f0a4-5d2b-7c3e-8f00-0123456789ab'` | `'42'`",
        "email | `'a@example.org'` | `'a at b'`",
        "object | `{'x':1}` | []",
        "array<integer> | [1,2] | `[1,'2']`",
        "map<money> | `{'eur':1.5}` | `{'eur':'1.5'}`",
        "map<array<boolean>> | `{'x':[true]}` | `{'x':true}`",
        "[1, two, true] | true | `'three'`",
        "Status | `'open'` | `'ajar'`",
        "array<Status> | `['open','closed']` | `['open','ajar']`",
        "Line | `{'sku':'a','price':1}` | `{'sku':'a','price':1,'prise':2}`",
        "Line | `{'sku':'a','price':1,'tags':[]}` | `{'sku':'a','price':1,'tags':null}`",
        "Tree | `{'value':1,'children':[{'value':2,'children':[]}]}` | `{'value':1}`",
        "Size | 9 | 10",
        "{ type: string, items: integer } | `{'type':'x','items':3}` | `{'type':'x'}`",
        "{ a: { b?: integer } } | `{'a':{}}` | `{'a':{'c':1}}`",
        "{ schema: string } | `{'schema':'x'}` | `'x'`",
        "{ schema: { type: string } } | `'x'` | `{'schema':'x'}`",
        "{ $ref: '#/$defs/Size' } | 3 | 0",
        "{ schema: { type: array, items: { $ref: '#/$defs/Status' } } } | `['open']` | `['x']`",
        "{ $comment: own, $defs: { Status: { const: 5 } }, $ref: '#/$defs/Status' } | 5 | `'open'`",
        "{ schema: { type: object, properties: { next: { $ref: '#' } },"
            + " additionalProperties: false } } | `{'next':{'next':{}}}` | `{'next':{'f':1}}`",
        "{ schema: true } | null | ",
      })
  void a_type_accepts_its_own_and_refuses_others(String type, String valid, String invalid) {
    DocumentSchema schema = field(type);

    assertThat(schema.check(json("{'field':" + valid + "}")).violations()).isEmpty();
    if (invalid != null) {
      assertThat(schema.check(json("{'field':" + invalid + "}")).violations()).isNotEmpty();
    }
  }

  @Test
  void a_field_is_optional_by_its_name_or_by_its_type() {
    DocumentSchema schema = state("{ a: string, b?: string, c: string?, d?: string? }");

    assertThat(schema.check(json("{'a':'x'}")).violations()).isEmpty();
    assertThat(schema.check(json("{'a':'x','b':'y','c':'z','d':''}")).violations()).isEmpty();
    assertThat(schema.check(json("{'b':'y','c':'z'}")).violations()).hasSize(1);
    assertThat(schema.check(json("{'a':'x','c':1}")).violations()).hasSize(1);
  }

  @Test
  void the_state_is_a_type_under_the_actors_name() {
    ActorDefinition cart = read(Definitions.CART);
    ActorDefinition shop =
        read(
            """
            actor:
              name: web-shop
              key: id
              state: { children: map<WebShop>, n: integer }
              queries: { GET: { payload: { id: string }, returns: WebShop, do: { reply: $ } } }
            """);

    DocumentSchema result = COMPILER.compile(result(shop, "GET"));
    assertThat(result(cart, "GET_CART").path("$ref").stringValue()).isEqualTo("#/$defs/Cart");
    assertThat(result.check(json("{'n':1,'children':{'a':{'n':2,'children':{}}}}")).violations())
        .isEmpty();
    assertThat(result.check(json("{'n':1,'children':{'a':{'n':'2'}}}")).violations()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void any_type_accepts_any_of_its_documents_and_refuses_them_with_one_fault(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 12; i++) {
      AnyType type = AnyType.random(random, 3);
      DocumentSchema schema = field(type.yaml());
      for (int j = 0; j < 20; j++) {
        JsonNode valid = wrapped(type.valid(random));
        assertThat(schema.check(valid).violations()).as(type.yaml() + " " + valid).isEmpty();
        JsonNode fault = type.invalid(random);
        if (fault != null) {
          JsonNode invalid = wrapped(fault);
          assertThat(schema.check(invalid).violations())
              .as(type.yaml() + " " + invalid)
              .isNotEmpty();
        }
      }
    }
  }

  private static JsonNode wrapped(JsonNode value) {
    return Json.mapper().createObjectNode().set("field", value);
  }

  private static DocumentSchema field(String type) {
    return state("{ field: " + type + " }");
  }

  private static DocumentSchema state(String type) {
    String uses = "returns: { a: Status, b: Line, c: Tree, d: Size }";
    ActorDefinition thing =
        read(
            "actor:\n  name: thing\n  key: id\n  class: x.Y\n"
                + NAMED
                + "  queries: { GET: { payload: { id: string }, "
                + uses
                + " } }\n  state: "
                + type
                + "\n");
    return COMPILER.compile(thing.stateSchema());
  }

  private static JsonNode result(ActorDefinition actor, String event) {
    return requireNonNull(requireNonNull(actor.handlers().get(event)).resultSchema());
  }

  private static JsonNode json(String text) {
    return Json.mapper().readTree(text.replace('\'', '"'));
  }
}
