package dev.relay.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
  @ParameterizedTest
  @CsvSource({
    "200ms, PT0.2S",
    "5s, PT5S",
    "5m, PT5M",
    "10m, PT10M",
    "1d3h, PT27H",
    "1m30s, PT1M30S",
    "1d2h3m4s5ms, PT26H3M4.005S",
    "90s, PT1M30S",
    "0s, PT0S",
    "' 7s ', PT7S",
  })
  void durations_are_read_as_people_write_them(String text, Duration expected) {
    assertThat(Durations.parse(text)).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "5",
        "s",
        "5 s",
        "-5s",
        "1.5s",
        "5S",
        "3h1d",
        "5s5s",
        "5sec",
        "1e3s",
        "99999999999999999999s"
      })
  void anything_else_is_no_duration(String text) {
    assertThat(Durations.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void what_is_written_is_read_again(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 1000; i++) {
      Duration duration = Duration.ofMillis(random.nextLong(1L << random.nextInt(1, 40)));
      assertThat(Durations.parse(Durations.text(duration))).contains(duration);
    }
  }

  @Test
  void a_negative_duration_cannot_be_written() {
    assertThatThrownBy(() -> Durations.text(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
