package shop.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.testkit.TestActor;
import dev.relay.testkit.TestTurn;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnalyticsTest {
  private static final Map<String, Object> PRODUCT = Map.of("productId", "p1");

  private static final TestActor ANALYTICS = TestActor.of(Path.of("actors"), "analytics");

  @Test
  void each_addition_counts_once_with_its_pieces_and_its_value_by_currency() {
    TestTurn turn =
        ANALYTICS
            .when("ITEM_ADDED_TO_CART", added(2, "29.99", "EUR"))
            .when("ITEM_ADDED_TO_CART", added(1, "0.10", "EUR"))
            .when("ITEM_ADDED_TO_CART", added(3, "5.00", "USD"));

    assertThat(turn.when("GET_METRICS", PRODUCT).reply())
        .hasToString(
            """
            {"productId":"p1","additions":3,"pieces":6,"value":{"EUR":60.08,"USD":15}}""");
  }

  @Test
  void values_stay_exact_however_many_are_added() {
    TestTurn turn = ANALYTICS.when("ITEM_ADDED_TO_CART", added(1, "0.10", "EUR"));
    for (int i = 1; i < 1000; i++) {
      turn = turn.when("ITEM_ADDED_TO_CART", added(1, "0.10", "EUR"));
    }

    assertThat(turn.state().at("/value/EUR").decimalValue()).isEqualByComparingTo("100");
    assertThat(turn.state().at("/additions").intValue()).isEqualTo(1000);
  }

  @Test
  void a_product_that_nobody_wanted_has_zeros() {
    assertThat(ANALYTICS.when("GET_METRICS", PRODUCT).reply())
        .hasToString(
            """
            {"productId":"p1","additions":0,"pieces":0,"value":{}}""");
  }

  private static String added(int quantity, String price, String currency) {
    return """
    {"userId":"u1","productId":"p1","name":"P","quantity":%d,"price":%s,"currency":"%s"}
    """
        .formatted(quantity, price, currency);
  }
}
