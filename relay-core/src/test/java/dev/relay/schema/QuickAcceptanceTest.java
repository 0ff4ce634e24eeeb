package dev.relay.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.message.Json;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The quick way may be unsure, but never says yes where the library says no. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class QuickAcceptanceTest {
  private static final String CART =
      """
      {"$ref": "#/$defs/Cart", "$defs": {
        "Cart": {"type": "object", "required": ["userId", "items", "total"],
          "additionalProperties": false,
          "properties": {
            "userId": {"type": "string", "minLength": 1, "maxLength": 8},
            "currency": {"enum": ["EUR", "USD"]},
            "items": {"type": "array", "maxItems": 3, "items": {"$ref": "#/$defs/Item"}},
            "total": {"type": "number", "multipleOf": 0.01, "minimum": 0}}},
        "Item": {"type": "object", "required": ["quantity"],
          "properties": {
            "quantity": {"type": "integer", "minimum": 1, "maximum": 100},
            "parts": {"type": ["array", "null"], "items": {"$ref": "#/$defs/Item"}}}}}}
      """;

  private static final String EITHER =
      """
      {"oneOf": [{"$ref": "#/$defs/One"}, {"$ref": "#/$defs/Other"}], "$defs": {
        "One": {"type": "object", "required": ["kind"],
          "properties": {"kind": {"$ref": "#/$defs/Kind"}, "quantity": {"type": "integer"}}},
        "Kind": {"enum": ["one", "1"]},
        "Other": {"type": "object", "required": ["userId", "kind"],
          "properties": {"kind": {"type": "string", "enum": ["other"]}}}}}
      """;

  private static final List<String> SCHEMAS =
      List.of(
          CART,
          EITHER,
          "{\"anyOf\": [{\"type\": \"object\", \"required\": [\"quantity\"]}, {\"minimum\": 3}]}",
          "{\"properties\": {\"userId\": {\"pattern\": \"^user1+[^\\\\d]*$\"}}}",
          "{\"pattern\": \"^\\\\p{Lu}|r-\"}",
          "{\"type\": \"object\", \"additionalProperties\": {\"type\": \"number\"}}",
          "{\"type\": [\"integer\", \"string\"], \"exclusiveMinimum\": 0, \"maxLength\": 3}",
          "{\"properties\": {\"quantity\": true}, \"additionalProperties\": false}",
          "{\"format\": \"uuid\", \"pattern\": \"^[0-9]\"}",
          "{\"properties\": {\"at\": {\"format\": \"date-time\"}, \"on\": {\"format\": \"date\"}}}",
          "{\"minItems\": 1, \"items\": {\"const\": 2}}",
          "{\"multipleOf\": 3, \"exclusiveMaximum\": 9.5}",
          "{\"properties\": {\"items\": {\"$ref\": \"#\"}}, \"maximum\": 1}");

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 20261123})
  void what_it_accepts_the_library_accepts(long seed) {
    Random random = new Random(seed);
    int accepted = 0;
    for (String text : SCHEMAS) {
      JsonNode schema = Json.mapper().readTree(text);
      QuickAcceptance quick = QuickAcceptance.of(schema).orElseThrow();
      // an unknown keyword keeps the quick way out and changes nothing for the library
      DocumentSchema library =
          new SchemaCompiler().compile(((ObjectNode) schema.deepCopy()).put("x-library", 1));
      for (int i = 0; i < 3_000; i++) {
        JsonNode document = document(random, 3);
        if (quick.accepts(document)) {
          accepted++;
          assertThat(library.check(document))
              .as("%s for %s", document, schema)
              .isEqualTo(Verdict.ACCEPTED);
        }
      }
    }
    assertThat(accepted).isGreaterThan(100);
  }

  @Test
  void an_ordinary_document_of_short_types_takes_the_quick_way() {
    QuickAcceptance quick = QuickAcceptance.of(Json.mapper().readTree(CART)).orElseThrow();
    assertThat(
            quick.accepts(
                Json.mapper()
                    .readTree(
                        """
                        {"userId": "user1", "currency": "EUR", "total": 59.98,
                         "items": [{"quantity": 2, "parts": [{"quantity": 1}], "note": "x"}]}
                        """)))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"patternProperties\": {\"^a\": true}}",
        "{\"$ref\": \"other.json\"}",
        "{\"properties\": {\"a\": {\"not\": true}}}",
        "{\"anyOf\": [{\"contains\": true}]}",
        "{\"oneOf\": [{\"type\": \"object\"}, {\"type\": \"string\"}]}",
        "{\"$id\": \"here\", \"$ref\": \"#\"}"
      })
  void a_schema_with_any_other_keyword_is_left_to_the_library(String schema) {
    assertThat(QuickAcceptance.of(Json.mapper().readTree(schema))).isEmpty();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "uuid, 01a20634-71b3-7836-a502-db58bc9d2644, true",
    "uuid, 01A20634-71B3-7836-A502-DB58BC9D2644, true",
    "uuid, 01a20634x71b3-7836-a502-db58bc9d2644, false",
    "uuid, 01a20634-71b3-7836-a502-db58bc9d264g, false",
    "date-time, 2026-11-23T02:20:27Z, true",
    "date-time, 2026-02-28T23:59:59.123456Z, true",
    "date-time, 2026-02-30T10:00:00Z, false",
    "date-time, 2026-11-30T10:00:00Z, true",
    "date-time, 2026-12-31T10:00:00Z, true",
    "date-time, 2026-11-31T10:00:00Z, false",
    "date-time, 2026-13-01T10:00:00Z, false",
    "date-time, 2026-00-01T10:00:00Z, false",
    "date, 2026-11-30, true",
    "date, 2024-02-29, false",
    "date, 2026-06-31, false",
    "date, 2026-01-00, false",
    "date, 2026-1-01, false",
    "date, 2026-11-30Z, false",
    "date-time, 2026-02-28T24:00:00Z, false",
    "date-time, 2026-02-28T10:00:00.Z, false",
    "date-time, 2026-02-28T10:00:00, false"
  })
  void plain_formats_are_known_and_the_rest_is_left_to_the_library(
      String format, String text, boolean quick) {
    JsonNode schema = Json.mapper().createObjectNode().put("format", format);
    JsonNode document = Json.mapper().getNodeFactory().stringNode(text);
    assertThat(QuickAcceptance.of(schema).orElseThrow().accepts(document)).isEqualTo(quick);
    if (quick) {
      assertThat(new SchemaCompiler().compile(schema).check(document)).isEqualTo(Verdict.ACCEPTED);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "one word in both | {\"enum\": [\"a\", \"b\"]} | {\"enum\": [\"b\"]} | [\"k\"]",
        "not always there | {\"enum\": [\"a\"]} | {\"enum\": [\"b\"]} | []",
        "no words | {\"enum\": [\"a\"]} | {\"type\": \"integer\"} | [\"k\"]",
        "numbers, which have several spellings | {\"enum\": [1]} | {\"enum\": [1.0]} | [\"k\"]"
      })
  void exclusive_schemas_that_might_both_hold_are_left_to_the_library(
      String why, String one, String other, String required) {
    String choice = "{\"type\": \"object\", \"required\": %s, \"properties\": {\"k\": %s}}";
    String schema =
        "{\"oneOf\": [%s, %s]}"
            .formatted(choice.formatted(required, one), choice.formatted(required, other));
    assertThat(QuickAcceptance.of(Json.mapper().readTree(schema))).as(why).isEmpty();
  }

  @Test
  void a_reference_to_itself_ends() {
    QuickAcceptance quick =
        QuickAcceptance.of(Json.mapper().readTree("{\"$ref\": \"#\"}")).orElseThrow();
    assertThat(quick.accepts(Json.mapper().readTree("{}"))).isFalse();
  }

  private static JsonNode document(Random random, int depth) {
    int kind = random.nextInt(depth == 0 ? 5 : 8);
    return switch (kind) {
      case 0 -> Json.mapper().readTree(String.valueOf(random.nextInt(12) - 2));
      case 1 ->
          Json.mapper()
              .readTree(List.of("0.5", "59.98", "1.0", "1e2", "3.001").get(random.nextInt(5)));
      case 2 ->
          Json.mapper()
              .getNodeFactory()
              .stringNode("EUR-longer-text".substring(random.nextInt(15)));
      case 3 -> Json.mapper().readTree(random.nextBoolean() ? "null" : "true");
      case 4 -> Json.mapper().readTree("2");
      case 5 -> {
        ArrayNode array = Json.mapper().createArrayNode();
        for (int i = random.nextInt(5); i > 0; i--) {
          array.add(document(random, depth - 1));
        }
        yield array;
      }
      default -> object(random, depth);
    };
  }

  private static JsonNode object(Random random, int depth) {
    ObjectNode object = Json.mapper().createObjectNode();
    if (random.nextBoolean()) {
      object.put("kind", List.of("one", "1", "other", "none").get(random.nextInt(4)));
    }
    if (random.nextBoolean()) {
      object.put("userId", "user" + random.nextInt(20_000));
      object.put("total", new java.math.BigDecimal(random.nextInt(500)).movePointLeft(2));
      ArrayNode items = object.putArray("items");
      for (int i = random.nextInt(4); i > 0; i--) {
        items.addObject().put("quantity", random.nextInt(105));
      }
    }
    for (String name : List.of("currency", "quantity", "parts", "items", "other")) {
      if (random.nextInt(4) == 0) {
        object.set(name, document(random, depth - 1));
      }
    }
    return object;
  }
}
