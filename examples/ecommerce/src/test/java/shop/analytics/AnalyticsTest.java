package shop.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.testkit.TestActor;
import dev.relay.testkit.TestTurn;
import dev.relay.turn.TimerChange;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnalyticsTest {
  private static final TestActor ANALYTICS =
      TestActor.of(Path.of("actors"), "analytics", new AnalyticsActor((batch, events) -> {}))
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

  @Test
  void events_are_handed_on_in_batches_of_ten_seconds_and_the_day_is_closed_once() {
    TestTurn first = ANALYTICS.when("ITEM_ADDED_TO_CART", added(1, "1.00", "EUR"));
    TestTurn second = first.when("ITEM_ADDED_TO_CART", added(1, "1.00", "EUR"));

    assertThat(sent(first, "FORWARD_EVENTS"))
        .containsExactly(
            Instant.parse("2026-11-02T00:10:00Z"), Instant.parse("2026-11-02T00:00:09.999Z"));
    assertThat(sent(first, "CLOSE_DAY")).containsExactly(Instant.parse("2026-11-02T00:10:00Z"));
    assertThat(second.timers()).isEmpty();
  }

  @Test
  void a_day_that_is_over_gets_one_report_with_what_was_unusual() {
    TestActor closing = ANALYTICS.answering("analytics", "GET_PARTS", week(10, 20, 30, 41));

    TestTurn closed = closing.when("CLOSE_DAY", Map.of("day", "2026-11-01"));

    assertThat(closed.emitted("ANOMALY_DETECTED"))
        .hasToString(
            """
            {"day":"2026-11-01","event":"PAYMENT_PROCESSED","found":41,"expected":20}""");
    assertThat(closed.emitted("METRIC_CALCULATED").get("metric").asString()).isEqualTo("payments");
    assertThat(closed.emitted("REPORT_GENERATED").get("revenue")).hasToString("{\"EUR\":410.00}");
    assertThat(closed.emitted("REPORT_GENERATED").get("anomalies").intValue()).isEqualTo(1);
    assertThat(closed.when("CLOSE_DAY", Map.of("day", "2026-11-01")).emitted()).isEmpty();
  }

  private static List<Instant> sent(TestTurn turn, String command) {
    return turn.timers().stream()
        .filter(TimerChange.Set.class::isInstance)
        .map(TimerChange.Set.class::cast)
        .filter(set -> set.message().type().equals(command))
        .map(TimerChange.Set::dueAt)
        .toList();
  }

  /** Payments of 10 EUR, a part a day, the last of them on the first of November. */
  private static Map<String, Object> week(int... payments) {
    LocalDate last = LocalDate.parse("2026-11-01");
    List<Map<String, Object>> parts =
        IntStream.range(0, payments.length)
            .mapToObj(i -> part(last.minusDays(payments.length - 1L - i), payments[i]))
            .toList();
    return Map.of("items", parts);
  }

  private static Map<String, Object> part(LocalDate day, int payments) {
    BigDecimal amount = new BigDecimal("10.00").multiply(BigDecimal.valueOf(payments));
    return Map.of(
        "kind",
        "part",
        "part",
        "payments/" + day + "/0",
        "metric",
        "payments",
        "day",
        day.toString(),
        "numbers",
        Map.of(
            "counts", Map.of("PAYMENT_PROCESSED", payments),
            "pieces", Map.of(),
            "amounts", Map.of("PAYMENT_PROCESSED", Map.of("EUR", amount))));
  }

  private static String added(int quantity, String price, String currency) {
    return """
    {"userId":"u1","productId":"p1","name":"P","quantity":%d,"price":%s,"currency":"%s"}
    """
        .formatted(quantity, price, currency);
  }
}
