package dev.relay.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class KeyTemplateTest {
  private static final Instant LAST_OF_NOVEMBER = Instant.parse("2026-11-30T23:59:59.999Z");

  @Test
  void a_key_is_made_of_text_fields_and_the_day_of_the_message() {
    assertThat(key("orders/{$day}/{ country }-{orderId}", Map.of("country", "AT", "orderId", "o1")))
        .contains("orders/2026-11-30/AT-o1");
  }

  @Test
  void a_shard_is_the_same_for_the_same_value_and_all_of_them_are_used() {
    Map<String, Integer> used = new TreeMap<>();
    for (int i = 0; i < 1600; i++) {
      String shard = key("{id % 16}", Map.of("id", "user" + i)).orElseThrow();
      assertThat(key("{id % 16}", Map.of("id", "user" + i))).contains(shard);
      used.merge(shard, 1, Integer::sum);
    }
    assertThat(used).hasSize(16).allSatisfy((shard, count) -> assertThat(count).isBetween(50, 170));
  }

  /** Deliveries that were written by an older release find their instance. */
  @Test
  void shards_never_change() {
    assertThat(key("{id % 1024}", Map.of("id", "user123"))).contains("657");
  }

  @Test
  void a_field_that_is_missing_leaves_no_key() {
    assertThat(key("{a}/{b}", Map.of("a", "1"))).isEmpty();
  }

  @Test
  void its_fields_are_known_for_the_definition_to_be_checked() {
    assertThat(KeyTemplate.parse("{$day}/{a}/{b % 4}/{a % 2}").fields()).containsExactly("a", "b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "}",
        "{}",
        "a{b",
        "{a}}",
        "{a % 0}",
        "{a % 1025}",
        "{a % x}",
        "{$hour}",
        "{$day % 2}",
        "{a b}"
      })
  void what_is_no_template_is_refused_and_says_what_one_is(String text) {
    assertThat(KeyTemplate.isTemplate(text)).isTrue();
    assertThatThrownBy(() -> KeyTemplate.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(text)
        .hasMessageContaining("{orderId % 8}");
  }

  private static Optional<String> key(String template, Map<String, String> payload) {
    return KeyTemplate.parse(template)
        .key(field -> Optional.ofNullable(payload.get(field)), LAST_OF_NOVEMBER);
  }
}
