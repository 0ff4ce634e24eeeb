package shop.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.testkit.TestActor;
import dev.relay.testkit.TestTurn;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnalyticsTest {
  private static final TestActor ANALYTICS =
      TestActor.of(Path.of("actors"), "analytics", new AnalyticsActor())
          .at(Instant.parse("2026-11-01T23:59:59.999Z"));

  @Test
  void each_addition_counts_once_with_its_pieces_and_its_value_by_currency() {
    TestTurn turn =
        ANALYTICS
            .when("ITEM_ADDED_TO_CART", added(2, "29.99", "EUR"))
            .when("ITEM_ADDED_TO_CART", added(1, "0.10", "EUR"))
            .when("ITEM_ADDED_TO_CART", added(3, "5.00", "USD"));

    assertThat(turn.state().get("numbers"))
        .hasToString(
            """
            {"counts":{"ITEM_ADDED_TO_CART":3},"pieces":{"ITEM_ADDED_TO_CART":6},\
            "amounts":{"ITEM_ADDED_TO_CART":{"EUR":60.08,"USD":15.00}}}""");
  }

  @Test
  void values_stay_exact_however_many_are_added() {
    TestTurn turn = ANALYTICS.when("ITEM_ADDED_TO_CART", added(1, "0.10", "EUR"));
    for (int i = 1; i < 1000; i++) {
      turn = turn.when("ITEM_ADDED_TO_CART", added(1, "0.10", "EUR"));
    }

    assertThat(turn.state().at("/numbers/amounts/ITEM_ADDED_TO_CART/EUR").decimalValue())
        .isEqualByComparingTo("100");
    assertThat(turn.state().at("/numbers/counts/ITEM_ADDED_TO_CART").intValue()).isEqualTo(1000);
  }

  @Test
  void an_event_belongs_to_the_day_it_happened_on_and_one_of_its_metrics_parts() {
    TestTurn turn = ANALYTICS.when("ITEM_ADDED_TO_CART", added(1, "1.00", "EUR"));

    assertThat(turn.state().get("part").asString()).matches("carts/2026-11-01/([0-9]|1[0-5])");
    assertThat(turn.state().get("day").asString()).isEqualTo("2026-11-01");
  }

  @Test
  void what_an_app_tracks_is_counted_under_its_own_name_and_told() {
    TestTurn turn = ANALYTICS.when("TRACK_EVENT", Map.of("userId", "u1", "name", "PAGE_SEEN"));

    assertThat(turn.state().at("/numbers/counts/PAGE_SEEN").intValue()).isEqualTo(1);
    assertThat(turn.emitted("EVENT_TRACKED")).isEqualTo(turn.reply());
  }

  private static String added(int quantity, String price, String currency) {
    return """
    {"userId":"u1","productId":"p1","name":"P","quantity":%d,"price":%s,"currency":"%s"}
    """
        .formatted(quantity, price, currency);
  }
}
