package dev.relay.message;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.relay.message.MalformedJsonException.Kind;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class BoundedJsonReaderTest {
  private final BoundedJsonReader reader = new BoundedJsonReader(JsonLimits.DEFAULT);

  @Nested
  class Accepts {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "{}",
          "[]",
          "null",
          " true ",
          "\"a\"",
          "-0",
          "1e400",
          "1e-400",
          "[1,[2,{\"a\":null}]]",
          "{\"\":1}",
          "\"ä€😀\"",
          "\"\\u00e4\\ud83d\\ude00\"",
          "12345678901234567890",
          "\"\\\\u0000\""
        })
    void what_the_mapper_accepts(String json) {
      assertThat(reader.read(json)).isEqualTo(Json.mapper().readTree(json));
      assertThat(reader.read(json.getBytes(UTF_8))).isEqualTo(Json.mapper().readTree(json));
    }

    @Test
    void decimals_exactly_with_their_zeros() {
      assertThat(reader.read("29.90").decimalValue()).isEqualTo(new BigDecimal("29.90"));
      assertThat(reader.read("0.10000000000000000001").decimalValue())
          .isEqualTo(new BigDecimal("0.10000000000000000001"));
    }

    @Test
    void one_byte_order_mark() {
      assertThat(reader.read("\uFEFF{}").isObject()).isTrue();
      assertThat(kind("\uFEFF\uFEFF{}")).isEqualTo(Kind.MALFORMED);
    }

    @Test
    void exactly_what_the_limits_allow() {
      BoundedJsonReader tight = new BoundedJsonReader(new JsonLimits(20, 3, 4));
      assertThat(tight.read("[[[0]]]").toString()).isEqualTo("[[[0]]]");
      assertThat(tight.read("[1,2,3]").size()).isEqualTo(3);
      assertThat(tight.read("\"" + "a".repeat(18) + "\"").asString()).hasSize(18);
      assertThat(kind(tight, "[[[[]]]]")).isEqualTo(Kind.TOO_COMPLEX);
      assertThat(kind(tight, "[1,2,3,4]")).isEqualTo(Kind.TOO_COMPLEX);
      assertThat(kind(tight, "\"" + "a".repeat(19) + "\"")).isEqualTo(Kind.TOO_LARGE);
      assertThat(kind(tight, "\"" + "ä".repeat(10) + "\"")).isEqualTo(Kind.TOO_LARGE);
    }
  }

  @Nested
  class Refuses {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        textBlock =
            """
            {} x | 1 | 4 | Unrecognized token 'x'
            {}{} | 1 | 3 | goes on after the end
            {"a":1 | 1 | 7 | ends in the middle
            {"a":1,"a":1} | 1 | 12 | field "a" twice
            {"a":null,"a":null} | 1 | 15 | field "a" twice
            {"a":{"b":1,"b":2}} | 1 | 17 | field "b" twice
            [1,] | 1 | 4 | expected a value
            {a:1} | 1 | 2 | double-quote
            'a' | 1 | 1 | expected a valid value
            NaN | 1 | 4 | Non-standard token 'NaN'
            Infinity | 1 | 9 | Non-standard token 'Infinity'
            01 | 1 | 2 | Leading zeroes
            +1 | 1 | 2 | plus sign
            .5 | 1 | 1 | Unexpected character
            1. | 1 | 2 | Decimal point not followed by a digit
            /**/1 | 1 | 1 | Unexpected character ('/'
            "\\x" | 1 | 3 | escape 'x'
            ["a\\u0000b"] | 1 | 2 | NUL character
            {"a\\u0000b":1} | 1 | 2 | the field name holds the NUL character
            "\\ud800" | 1 | 1 | \\uD800, half a character
            "\\udc00\\ud800" | 1 | 1 | \\uDC00, half a character
            {"\\udc00":1} | 1 | 9 | Unexpected low surrogate in property name
            [1e401] | 1 | 2 | exponent 401
            1e-401 | 1 | 1 | exponent -401
            1e999999999 | 1 | 1 | exponent 999999999
            0e999999999 | 1 | 1 | exponent 999999999
            1e99999999999 | 1 | 1 | exponent beyond 400
            """)
    void what_is_not_json_or_cannot_be_stored(String json, int line, int column, String why) {
      assertThatThrownBy(() -> reader.read(json))
          .isInstanceOfSatisfying(
              MalformedJsonException.class,
              refusal -> {
                assertThat(refusal.kind()).isEqualTo(Kind.MALFORMED);
                assertThat(refusal.line()).isEqualTo(line);
                assertThat(refusal.column()).isEqualTo(column);
              })
          .hasMessageContaining(why)
          .hasMessageEndingWith("(line " + line + ", column " + column + ")")
          .message()
          .doesNotContain("Feature")
          .doesNotContain("Source");
    }

    @Test
    void tells_the_line_of_a_document_with_several() {
      assertThatThrownBy(() -> reader.read("{\n  \"a\": 1,\n  \"b\": tru\n}"))
          .hasMessageEndingWith("(line 3, column 8)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\t "})
    void nothing_at_all(String json) {
      assertThatThrownBy(() -> reader.read(json)).hasMessage("is empty, must be a JSON document");
    }

    @Test
    void half_a_character_in_text() {
      assertThat(kind("\"a\ud800b\"")).isEqualTo(Kind.MALFORMED);
    }

    @ParameterizedTest
    @MethodSource("dev.relay.message.BoundedJsonReaderTest#notUtf8")
    void bytes_that_are_not_utf_8(byte[] bytes) {
      assertThatThrownBy(() -> reader.read(bytes))
          .isInstanceOf(MalformedJsonException.class)
          .hasMessageStartingWith("is not UTF-8: the byte 0x")
          .hasMessageEndingWith("(line 2, column 2)");
    }

    @Test
    void other_encodings() {
      assertThatThrownBy(() -> reader.read("{\"a\":1}".getBytes(UTF_16LE)))
          .isInstanceOf(MalformedJsonException.class);
      assertThatThrownBy(() -> reader.read(new byte[] {0}))
          .isInstanceOf(MalformedJsonException.class);
    }
  }

  @Nested
  class Withstands {
    @Test
    void ten_megabytes() {
      assertThat(kind("[\"" + "a".repeat(10_000_000) + "\"]")).isEqualTo(Kind.TOO_LARGE);
    }

    @Test
    void a_hundred_thousand_levels() {
      assertThat(kind("[".repeat(100_000))).isEqualTo(Kind.TOO_COMPLEX);
      assertThat(kind("{\"a\":".repeat(100_000))).isEqualTo(Kind.TOO_COMPLEX);
    }

    @Test
    void a_million_values() {
      assertThat(kind("[" + "0,".repeat(500_000) + "0]")).isEqualTo(Kind.TOO_COMPLEX);
    }

    @Test
    void numbers_of_a_million_digits() {
      assertThat(kind("1".repeat(1_000_000))).isEqualTo(Kind.MALFORMED);
      assertThat(kind("0." + "1".repeat(1_000_000))).isEqualTo(Kind.MALFORMED);
      assertThat(kind("1".repeat(1_001))).isEqualTo(Kind.MALFORMED);
      assertThat(kind("0." + "1".repeat(1_001))).isEqualTo(Kind.MALFORMED);
      assertThat(reader.read("-" + "1".repeat(1_000)).isBigInteger()).isTrue();
    }
  }

  /** Whatever bytes come, the answer is a tree that survives writing, or a refusal. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void answers_any_bytes_with_a_tree_or_a_refusal(long seed) {
    Random random = new Random(seed);
    String[] pieces = {
      "{", "}", "[", "]", ",", ":", "\"", "\\u0000", "\\ud800", "\\udc00", "a", "1", "-", ".", "e9",
      "true", "null", " ", "\n", "ä", "😀", "\u0001", "99", "\\", "\"a\":", "\"b\""
    };
    for (int round = 0; round < 5_000; round++) {
      StringBuilder json = new StringBuilder();
      for (int i = random.nextInt(12); i >= 0; i--) {
        json.append(pieces[random.nextInt(pieces.length)]);
      }
      byte[] bytes = json.toString().getBytes(UTF_8);
      if (random.nextInt(4) == 0) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      try {
        JsonNode tree = reader.read(bytes);
        byte[] written = Json.mapper().writeValueAsBytes(tree);
        assertThat(Json.mapper().writeValueAsBytes(reader.read(written))).isEqualTo(written);
      } catch (MalformedJsonException refusal) {
        assertThat(refusal.getMessage()).isNotBlank();
      }
    }
  }

  static byte[][] notUtf8() {
    int[][] sequences = {
      {0xC0, 0x80}, {0xC1, 0xBF}, {0xE0, 0x9F, 0xBF}, {0xED, 0xA0, 0x80}, {0xED, 0xBF, 0xBF},
      {0xF0, 0x8F, 0xBF, 0xBF}, {0xF4, 0x90, 0x80, 0x80}, {0xF5, 0x80, 0x80, 0x80}, {0x80}, {0xE4},
      {0xE2, 0x82}, {0xF0, 0x9F, 0x98}, {0xFF}, {0xFE}
    };
    byte[][] documents = new byte[sequences.length][];
    for (int i = 0; i < sequences.length; i++) {
      ByteArrayOutputStream document = new ByteArrayOutputStream();
      document.writeBytes("\n\"".getBytes(UTF_8));
      for (int value : sequences[i]) {
        document.write(value);
      }
      document.write('"');
      documents[i] = document.toByteArray();
    }
    return documents;
  }

  private Kind kind(String json) {
    return kind(reader, json);
  }

  private static Kind kind(BoundedJsonReader reader, String json) {
    return catchThrowableOfType(MalformedJsonException.class, () -> reader.read(json)).kind();
  }
}
