package dev.relay.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class StoreClockTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private final AtomicLong nanos = new AtomicLong(5_000);
  private final StoreClock clock = new StoreClock(InstantSource.fixed(NOON), nanos::get);

  @Test
  void until_the_store_has_told_its_time_the_machine_s_counts() {
    assertThat(clock.instant()).isEqualTo(NOON);
  }

  @Test
  void afterwards_it_goes_on_from_what_the_store_said_whatever_the_machine_says() {
    clock.heard(NOON.plusSeconds(40));
    nanos.addAndGet(1_000_000_000);

    assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(41));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 20261123})
  void it_is_never_ahead_of_the_store_and_not_further_behind_than_its_quickest_answer(long seed) {
    Random random = new Random(seed);
    long quickest = Long.MAX_VALUE;
    for (int i = 0; i < 16; i++) {
      Instant there = NOON.plusNanos(nanos.get());
      long onItsWay = 100_000 + random.nextInt(30_000_000);
      quickest = Math.min(quickest, onItsWay);
      nanos.addAndGet(onItsWay);
      clock.heard(there);
      Instant really = NOON.plusNanos(nanos.get());
      assertThat(clock.instant()).isBetween(really.minusNanos(quickest), really);
      nanos.addAndGet(1_000_000_000);
    }
  }

  @Test
  void a_store_whose_clock_is_set_back_is_followed_after_a_while() {
    clock.heard(NOON);
    for (int i = 0; i < 16; i++) {
      clock.heard(NOON.minus(Duration.ofHours(1)));
    }
    assertThat(clock.instant()).isEqualTo(NOON.minus(Duration.ofHours(1)));
  }
}
