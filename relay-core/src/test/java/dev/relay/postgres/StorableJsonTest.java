package dev.relay.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.message.BoundedJsonReader;
import dev.relay.message.Json;
import dev.relay.message.JsonLimits;
import dev.relay.message.MalformedJsonException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What the reader lets in, jsonb holds and gives back equal; what jsonb refuses, it refuses. */
class StorableJsonTest {
  private static TestDatabase database;

  private final BoundedJsonReader reader = new BoundedJsonReader(JsonLimits.DEFAULT);

  @BeforeAll
  static void create() {
    database = TestDatabase.empty();
  }

  @AfterAll
  static void drop() {
    database.close();
  }

  static String[] atTheLimits() {
    return new String[] {
      "1e400",
      "-1e400",
      "1e-400",
      "9".repeat(1_000),
      "0." + "9".repeat(998),
      "1." + "9".repeat(990) + "e-400",
      "[".repeat(64) + "]".repeat(64),
      "\"" + "a".repeat(1_048_574) + "\"",
      "\"\\u0001\\u001f\\u007f\\u0080\\ufffe\\uffff\\ud83d\\ude00\"",
      "{\"\\uffff\\n\":\"\\\\u0000\",\"\":0}",
      "[29.90,0.10,-0.0,12345678901234567890123]"
    };
  }

  @ParameterizedTest
  @MethodSource("atTheLimits")
  void jsonb_holds_what_the_reader_lets_in(String json) throws SQLException {
    JsonNode read = reader.read(json);
    String written = Json.mapper().writeValueAsString(read);
    assertThat(equal(reader.read(stored(written)), read)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"\\u0000\"",
        "{\"\\u0000\":1}",
        "\"\\ud800\"",
        "\"\\udc00x\"",
        "1e999999999",
        "NaN"
      })
  void the_reader_refuses_what_jsonb_refuses(String json) {
    assertThatThrownBy(() -> stored(json)).isInstanceOf(SQLException.class);
    assertThatThrownBy(() -> reader.read(json)).isInstanceOf(MalformedJsonException.class);
  }

  /** Equal but for the scale and the kind of numbers, which JSON doesn't tell apart. */
  private static boolean equal(JsonNode a, JsonNode b) {
    return a.equals(
        (x, y) ->
            x.isNumber() && y.isNumber()
                ? x.decimalValue().compareTo(y.decimalValue())
                : x.equals(y) ? 0 : 1,
        b);
  }

  private static String stored(String json) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        PreparedStatement statement = connection.prepareStatement("SELECT (?::jsonb)::text")) {
      statement.setString(1, json);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    }
  }
}
