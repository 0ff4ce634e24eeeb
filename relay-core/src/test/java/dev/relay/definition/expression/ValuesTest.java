package dev.relay.definition.expression;

import static dev.relay.definition.expression.CartScript.input;
import static dev.relay.definition.expression.CartScript.json;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.definition.expression.Script.Done;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class ValuesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "x                | 59.98                  | 59.98",
        "x * 2            | 29.99                  | 59.98",
        "x * 3            | 0.1                    | 0.3",
        "x + 0.2          | 0.1                    | 0.3",
        "x - 0.9          | 1.0                    | 0.1",
        "x                | 12345678901234567.89   | 12345678901234567.89",
        "x                | 9007199254740993       | 9007199254740993",
        "x                | 123456789012345678901234567890 | 123456789012345678901234567890",
        "x                | 20.00                  | 20",
        "[1..x]           | 3.0                    | [1,2,3]",
        "x / 3            | 10                     | 3.33333333333333",
        "x * 1            | 1e20                   | 100000000000000000000",
        "-x               | 5                      | -5",
        "x.y              | {'y':null}             | null",
        "[x]              | [1]                    | [1]",
        "[x[$ > 1]]       | [1,2]                  | [2]",
        "[x[$ > 9]]       | [1,2]                  | []",
        "x                | []                     | []",
        "x                | {}                     | {}",
      })
  void numbers_and_lists_come_out_as_people_expect(String expression, String x, String expected) {
    assertThat(reply(expression, json("{'x':" + x + "}")).toString())
        .isEqualTo(json(expected).toString());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void any_document_survives_the_way_in_and_out(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      JsonNode document = document(random, 4);

      JsonNode back = Values.toJson(Values.fromJson(document));

      assertThat(back == null ? "" : back.toString()).isEqualTo(document.toString());
    }
  }

  private static JsonNode document(Random random, int depth) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    switch (random.nextInt(depth > 0 ? 8 : 6)) {
      case 0:
        return nodes.stringNode("t" + random.nextInt());
      case 1:
        return nodes.numberNode(random.nextInt());
      case 2:
        return nodes.numberNode(random.nextLong());
      case 3:
        BigDecimal cents = BigDecimal.valueOf(random.nextInt(100_000_000) * 10L + 1, 3);
        return nodes.numberNode(cents.setScale(3, RoundingMode.UNNECESSARY));
      case 4:
        return nodes.booleanNode(random.nextBoolean());
      case 5:
        return nodes.nullNode();
      case 6:
        ArrayNode array = nodes.arrayNode();
        for (int i = random.nextInt(4); i > 0; i--) {
          array.add(document(random, depth - 1));
        }
        return array;
      default:
        ObjectNode object = nodes.objectNode();
        for (int i = random.nextInt(4); i > 0; i--) {
          object.set("f" + i, document(random, depth - 1));
        }
        return object;
    }
  }

  private static JsonNode reply(String expression, JsonNode payload) {
    Script script =
        Expressions.script(
            new ScriptText(List.of(), null, List.of(), "$payload.(" + expression.strip() + ")"));
    return requireNonNull(((Done) script.run(input(null, payload))).reply());
  }
}
