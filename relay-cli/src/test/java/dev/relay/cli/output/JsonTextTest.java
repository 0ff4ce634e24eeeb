package dev.relay.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.exc.StreamReadException;

class JsonTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"total\":59.98,\"price\":29.90,\"big\":123456789012345678901234567890}",
        "[1,[2,[3]],{\"a\":{}},[],\"\"]",
        "null",
        "true",
        "\"quote \\\" slash \\\\ line \\n tab \\t bell \\u0007 ä € 😀\"",
        "1e400",
        "{\"\":{\"a b\":null}}"
      })
  void what_is_read_is_written_back_the_same(String json) {
    String expected = json.equals("1e400") ? "1E+400" : json;
    assertThat(JsonText.line(JsonText.read(json))).isEqualTo(expected);
    assertThat(JsonText.line(JsonText.read(JsonText.pretty(JsonText.read(json)))))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "{", "{}{}", "[1,]", "NaN", "{'a':1}", "{\"a\":01}", "nul"})
  void what_is_not_one_json_value_is_refused(String text) {
    assertThatThrownBy(() -> JsonText.read(text)).isInstanceOf(StreamReadException.class);
  }

  @Test
  void pretty_text_indents_by_two_and_keeps_empty_things_short() {
    assertThat(JsonText.pretty(JsonText.read("{\"a\":[1,{}],\"b\":[]}")))
        .isEqualTo(
            """
            {
              "a": [
                1,
                {}
              ],
              "b": []
            }""");
  }

  @Test
  void letters_that_steer_a_terminal_are_escaped() {
    assertThat(JsonText.line("\u001b[2J\u009b\u007f")).isEqualTo("\"\\u001b[2J\\u009b\\u007f\"");
  }
}
