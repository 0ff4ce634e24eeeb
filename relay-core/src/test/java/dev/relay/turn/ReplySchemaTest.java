package dev.relay.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.message.Json;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class ReplySchemaTest {
  private static final JsonNode STATE =
      json(
          """
          {"type": "object", "properties": {"price": {"$ref": "#/$defs/Price"}, "n": {"maximum": 5}},
           "$defs": {"Price": {"type": "number", "multipleOf": 0.01}}}
          """);

  @Test
  void a_reply_is_the_state_by_itself_or_by_its_name() {
    assertThat(ReplySchema.sameAsState(STATE.deepCopy(), STATE)).isTrue();
    assertThat(ReplySchema.sameAsState(named((ObjectNode) STATE.deepCopy()), STATE)).isTrue();
  }

  @Test
  void numbers_are_compared_and_not_how_a_reader_holds_them() {
    ObjectNode read = (ObjectNode) STATE.deepCopy();
    read.withObject("/$defs/Price").put("multipleOf", 0.01d);
    read.withObject("/properties/n").put("maximum", 5L);

    assertThat(read).isNotEqualTo(STATE);
    assertThat(ReplySchema.sameAsState(named(read), STATE)).isTrue();
  }

  @Test
  void any_other_difference_counts() {
    ObjectNode finer = (ObjectNode) STATE.deepCopy();
    finer.withObject("/$defs/Price").put("multipleOf", 0.001);
    ObjectNode more = (ObjectNode) STATE.deepCopy();
    more.withObject("/properties").putObject("other");

    assertThat(ReplySchema.sameAsState(null, STATE)).isFalse();
    assertThat(ReplySchema.sameAsState(named(finer), STATE)).isFalse();
    assertThat(ReplySchema.sameAsState(named(more), STATE)).isFalse();
    assertThat(ReplySchema.sameAsState(json("{\"$ref\": \"#/$defs/None\", \"$defs\": {}}"), STATE))
        .isFalse();
  }

  /** The schema as the definition of a name, which is all that is referred to. */
  private static JsonNode named(ObjectNode schema) {
    ObjectNode named = Json.mapper().createObjectNode().put("$ref", "#/$defs/Cart");
    ObjectNode definitions = (ObjectNode) schema.remove("$defs");
    definitions.set("Cart", schema);
    named.set("$defs", definitions);
    return named;
  }

  private static JsonNode json(String text) {
    return Json.mapper().readTree(text);
  }
}
