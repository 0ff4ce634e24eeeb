package shop.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnomalyTest {
  private static final LocalDate DAY = LocalDate.parse("2026-11-01");

  @ParameterizedTest(name = "{0} on a day with {1} before: {2}")
  @CsvSource({
    "100, 100, false",
    "50, 100, false",
    "49, 100, true",
    "0, 100, true",
    "200, 100, false",
    "201, 100, true",
    "19, 1, false",
    "20, 1, true",
    "20, 0, true",
    "0, 19, false"
  })
  void less_than_half_or_more_than_twice_the_usual_is_unusual(
      int found, int before, boolean unusual) {
    assertThat(Anomaly.of(DAY, days(found, before, before, before)))
        .hasSize(unusual ? 1 : 0)
        .allMatch(anomaly -> anomaly.found() == found && anomaly.expected() == before);
  }

  @Test
  void two_days_say_nothing_of_what_is_usual() {
    assertThat(Anomaly.of(DAY, days(1000, 10, 10))).isEmpty();
  }

  @Test
  void days_after_it_say_nothing_of_a_day() {
    Map<LocalDate, Numbers> days = days(10, 10, 10, 10);
    days.put(DAY.plusDays(1), counted(100_000));

    assertThat(Anomaly.of(DAY, days)).isEmpty();
  }

  private static Map<LocalDate, Numbers> days(int found, int... before) {
    Map<LocalDate, Numbers> days = new TreeMap<>(Map.of(DAY, counted(found)));
    for (int i = 0; i < before.length; i++) {
      days.put(DAY.minusDays(i + 1L), counted(before[i]));
    }
    return days;
  }

  private static Numbers counted(long times) {
    return new Numbers(Map.of("ORDER_CREATED", times), Map.of(), Map.of());
  }
}
