package dev.relay.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.message.BoundedJsonReader;
import dev.relay.message.Json;
import dev.relay.message.JsonLimits;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class StorableDocumentTest {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final StorableDocument storable = new StorableDocument(JsonLimits.DEFAULT);

  @Test
  void accepts_what_records_become() {
    record Item(String name, int quantity, BigDecimal price, double weight, long id, Object none) {}
    JsonNode tree =
        Json.mapper()
            .valueToTree(List.of(new Item("ä😀", 1, new BigDecimal("29.90"), 0.1, 1L << 60, 1)));
    assertThat(storable.check(tree)).isEqualTo(Verdict.ACCEPTED);
  }

  @Test
  void tells_everything_that_cannot_be_stored_and_where() {
    ObjectNode tree = NODES.objectNode();
    tree.put("nul", "a\0b");
    tree.put("half\ud800", 1);
    tree.set("list", NODES.arrayNode().add("fine").add("\udc00"));
    tree.put("~/", new BigDecimal("1e999999999"));
    tree.put("tiny", new BigDecimal("1e-999999999"));
    tree.put("long", BigInteger.ONE.shiftLeft(100_000));
    tree.put("nan", Double.NaN);
    tree.put("infinite", Float.POSITIVE_INFINITY);
    tree.set("pojo", NODES.pojoNode(new Object()));
    assertThat(storable.check(tree).violations())
        .extracting(violation -> violation.pointer() + " " + violation.message())
        .satisfiesExactly(
            first -> assertThat(first).startsWith("/nul holds the NUL character"),
            name -> assertThat(name).startsWith("/half\ud800 the field name holds \\uD800"),
            item -> assertThat(item).startsWith("/list/1 holds \\uDC00, half a character"),
            huge -> assertThat(huge).startsWith("/~0~1 has the exponent 999999999"),
            tiny -> assertThat(tiny).startsWith("/tiny has the exponent -999999999"),
            digits -> assertThat(digits).isEqualTo("/long has more than 1000 digits"),
            nan -> assertThat(nan).isEqualTo("/nan is NaN, must be a finite number"),
            infinite -> assertThat(infinite).startsWith("/infinite is Infinity"),
            pojo -> assertThat(pojo).isEqualTo("/pojo is not JSON but POJO"));
  }

  @Test
  void stops_at_the_limits() {
    ArrayNode many = NODES.arrayNode();
    for (int i = 0; i < 200_000; i++) {
      many.add(0);
    }
    assertThat(messages(many)).containsExactly("has more than 100000 values");
    assertThat(messages(NODES.stringNode("a".repeat(1_048_576))))
        .containsExactly("is longer than 1048576 bytes");
    assertThat(messages(nested(64))).isEmpty();
    assertThat(messages(nested(65))).containsExactly("is nested deeper than 64 objects and arrays");
    assertThat(messages(nested(100_000))).hasSize(1);
  }

  @Test
  void tells_a_hundred_violations_at_most() {
    ArrayNode many = NODES.arrayNode();
    for (int i = 0; i < 1_000; i++) {
      many.add("\0");
    }
    assertThat(messages(many)).hasSize(100);
  }

  /** What the reader lets in from outside may go out of a handler, and back in again. */
  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void agrees_with_the_reader(long seed) {
    Random random = new Random(seed);
    BoundedJsonReader reader = new BoundedJsonReader(JsonLimits.DEFAULT);
    for (int round = 0; round < 500; round++) {
      JsonNode tree = Json.mapper().valueToTree(value(random, 0));
      boolean accepted = storable.check(tree).equals(Verdict.ACCEPTED);
      assertThat(accepted).isEqualTo(reads(reader, Json.mapper().writeValueAsString(tree)));
    }
  }

  private static boolean reads(BoundedJsonReader reader, String json) {
    try {
      reader.read(json);
      return true;
    } catch (dev.relay.message.MalformedJsonException refused) {
      return false;
    }
  }

  private static Object value(Random random, int depth) {
    return switch (random.nextInt(depth > 4 ? 5 : 7)) {
      case 0 -> random.nextLong();
      case 1 -> new BigDecimal(new BigInteger(20, random), random.nextInt(420) - 10);
      case 2 -> text(random);
      case 3 -> random.nextBoolean();
      case 4 -> random.nextGaussian();
      case 5 -> List.of(value(random, depth + 1), value(random, depth + 1));
      default ->
          Map.of(text(random) + "1", value(random, depth + 1), "b", value(random, depth + 1));
    };
  }

  private static String text(Random random) {
    String[] pieces = {"a", "ä", "😀", "\n", "\"", "\\", "€", "\u001f", "plain text"};
    String rare = random.nextInt(40) == 0 ? "\0" : random.nextInt(40) == 0 ? "\ud800" : "";
    return pieces[random.nextInt(pieces.length)] + rare + pieces[random.nextInt(pieces.length)];
  }

  private static JsonNode nested(int levels) {
    ArrayNode root = NODES.arrayNode();
    ArrayNode inner = root;
    for (int i = 1; i < levels; i++) {
      inner = inner.addArray();
    }
    return root;
  }

  private List<String> messages(JsonNode tree) {
    return storable.check(tree).violations().stream().map(Violation::message).toList();
  }
}
