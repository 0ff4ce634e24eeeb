package dev.relay.server.sse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.relay.message.Message;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamFilterTest {
  private static final Message EVENT = Events.of("ITEM_ADDED_TO_CART", "cart", "user1", "c-1");

  @ParameterizedTest
  @CsvSource({
    "ITEM_ADDED_TO_CART, true",
    "ITEM_*, true",
    "*_CART, true",
    "*ADDED*, true",
    "*, true",
    "I*D*_*T, true",
    "ITEM, false",
    "ITEM_ADDED_TO_CART_, false",
    "item_*, false",
    "ORDER_*, false"
  })
  void a_star_stands_for_any_characters(String pattern, boolean accepted) {
    assertThat(StreamFilter.of(pattern, null, null, null).accepts(EVENT)).isEqualTo(accepted);
  }

  @Test
  void a_pattern_made_to_be_slow_is_not() {
    Glob hostile = new Glob("*a".repeat(500) + "b");

    boolean matched =
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> hostile.matches("a".repeat(5000)));

    assertThat(matched).isFalse();
  }

  @Test
  void one_of_several_types_is_enough_and_no_type_means_all() {
    assertThat(StreamFilter.of("ORDER_*, ITEM_*", null, null, null).accepts(EVENT)).isTrue();
    assertThat(StreamFilter.of("", null, null, null).accepts(EVENT)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "cart, user1, c-1, true",
        "cart, -, -, true",
        "-, user1, -, true",
        "-, -, c-1, true",
        "order, -, -, false",
        "cart, user2, -, false",
        "cart, user1, c-2, false"
      })
  void all_filters_given_must_hold(String actor, String key, String correlation, boolean accepted) {
    assertThat(StreamFilter.of("", actor, key, correlation).accepts(EVENT)).isEqualTo(accepted);
  }

  @Test
  void what_a_client_published_has_no_actor_to_match() {
    Message published = Events.of("NEWS", null, null, "c-1");

    assertThat(StreamFilter.of("NEWS", null, null, null).accepts(published)).isTrue();
    assertThat(StreamFilter.of("NEWS", "cart", null, null).accepts(published)).isFalse();
  }

  @Test
  void exact_names_that_the_catalog_lacks_are_found_out() {
    StreamFilter filter = StreamFilter.of("KNOWN,UNKNOWN,ANY_*", null, null, null);

    assertThat(filter.unknownTypes(List.of("KNOWN"))).containsExactly("UNKNOWN");
  }
}
