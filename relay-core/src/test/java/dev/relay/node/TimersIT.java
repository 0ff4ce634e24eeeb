package dev.relay.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.relay.failure.RelayException;
import dev.relay.message.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Timers on a real Postgres. Each test has keys of its own. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TimersIT {
  private static final Duration BOUND = Duration.ofSeconds(30);
  private static final int HOUR = 3_600_000;
  private static Engine engine;
  private static Node node;

  @BeforeAll
  static void start() {
    engine = new Engine();
    node = engine.node();
  }

  @AfterAll
  static void stop() {
    engine.close();
  }

  @Test
  void a_timer_fires_once_and_is_published_when_it_does() {
    set(node, "once", 1, 10, "");

    await().atMost(BOUND).until(() -> engine.seen("once").equals("[1]"));
    assertThat(waiting("once")).isZero();
    assertThat(
            engine.count(
                "SELECT count(*) FROM relay.journal WHERE actor = 'clock' AND key = 'once' AND"
                    + " emitted -> 0 ->> 'type' = 'RANG'"))
        .isEqualTo(1);
  }

  @Test
  void a_timer_waits_until_it_is_due_and_fires_late_rather_than_never() {
    set(node, "late", 2, HOUR, "tea");
    assertThat(waiting("late")).isEqualTo(1);
    assertThat(engine.seen("late")).isEmpty();

    makeDue("late");
    await().atMost(BOUND).until(() -> engine.seen("late").equals("[2]"));
  }

  @Test
  void a_second_timer_of_a_name_takes_the_place_of_the_first() {
    set(node, "replaced", 3, HOUR, "tea");
    set(node, "replaced", 4, HOUR, "tea");
    set(node, "replaced", 5, HOUR, "coffee");
    set(node, "untouched", 6, HOUR, "tea");
    assertThat(waiting("replaced")).isEqualTo(2);

    makeDue("replaced");
    await().atMost(BOUND).until(() -> engine.seen("replaced").contains(", "));
    assertThat(engine.seen("replaced")).isIn("[4, 5]", "[5, 4]");
    assertThat(waiting("untouched")).isEqualTo(1);
  }

  @Test
  void a_cancelled_timer_never_fires_and_an_unknown_name_is_no_error() {
    set(node, "off", 7, HOUR, "tea");
    set(node, "off", 0, -1, "tea");
    set(node, "off", 0, -1, "nobody's");

    assertThat(waiting("off")).isZero();
  }

  @Test
  void a_timer_that_is_due_but_has_not_fired_can_still_be_called_off() {
    set(node, "last-moment", 8, HOUR, "tea");
    engine.sql(
        "WITH u AS (UPDATE relay.deliveries SET status = 'ready', due_at = now() + interval '1"
            + " hour' WHERE key = 'last-moment' RETURNING 1) SELECT * FROM u");
    set(node, "last-moment", 0, -1, "tea");

    assertThat(waiting("last-moment")).isZero();
    assertThat(engine.seen("last-moment")).isEmpty();
  }

  @Test
  void a_turn_that_fails_sets_no_timer() {
    assertThatThrownBy(() -> set(node, "broken", CounterActors.Counter.BROKEN, HOUR, "tea"))
        .isInstanceOf(RelayException.class);
    assertThat(waiting("broken")).isZero();
  }

  @Test
  void timers_that_were_missed_fire_in_the_order_in_which_they_were_due() {
    StringBuilder expected = new StringBuilder();
    for (int i = 9; i >= 0; i--) {
      set(node, "order", 100 + i, HOUR + i * 1_000, "timer " + i);
      expected.append(expected.length() == 0 ? "[" : ", ").append(109 - i);
    }
    makeDue("order");
    expected.append("]");
    await()
        .atMost(BOUND)
        .untilAsserted(() -> assertThat(engine.seen("order")).isEqualTo(expected.toString()));
  }

  /** Random timers, replaced and cancelled, on two nodes, one of which goes and comes back. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {3, 20261123})
  void whatever_happens_to_nodes_each_timer_fires_once(long seed) {
    Random random = new Random(seed);
    Map<String, Map<String, Integer>> pending = new TreeMap<>();
    Map<String, List<Integer>> unnamed = new TreeMap<>();
    Node second = engine.node();
    for (int i = 0; i < 120; i++) {
      String key = "t" + seed + "-" + random.nextInt(6);
      String name = random.nextInt(3) == 0 ? "" : "n" + random.nextInt(4);
      boolean cancel = !name.isEmpty() && random.nextInt(4) == 0;
      Node by = random.nextBoolean() ? node : second;
      set(by, key, 1_000 + i, cancel ? -1 : HOUR + random.nextInt(1_000), name);
      if (name.isEmpty()) {
        unnamed.computeIfAbsent(key, each -> new ArrayList<>()).add(1_000 + i);
      } else if (cancel) {
        pending.computeIfAbsent(key, each -> new TreeMap<>()).remove(name);
      } else {
        pending.computeIfAbsent(key, each -> new TreeMap<>()).put(name, 1_000 + i);
      }
      if (i == 60) {
        second.close();
        second = engine.node();
      }
    }
    makeDue("t" + seed + "-%");
    second.close();
    Node third = engine.node();

    for (int k = 0; k < 6; k++) {
      String key = "t" + seed + "-" + k;
      List<Integer> expected = new ArrayList<>(unnamed.getOrDefault(key, List.of()));
      expected.addAll(pending.getOrDefault(key, Map.of()).values());
      expected.sort(null);
      await().atMost(BOUND).until(() -> sorted(engine.seen(key)).size() >= expected.size());
      assertThat(sorted(engine.seen(key))).isEqualTo(expected);
      assertThat(waiting(key)).isZero();
    }
    third.close();
  }

  private static List<Integer> sorted(String seen) {
    List<Integer> numbers = new ArrayList<>();
    if (!seen.isEmpty()) {
      Json.mapper().readTree(seen).forEach(each -> numbers.add(each.intValue()));
    }
    numbers.sort(null);
    return numbers;
  }

  private static void set(Node by, String id, int n, int ms, String name) {
    Engine.await(
        by,
        SendRequest.to(
            "clock", CounterActors.SET, Engine.amount(id, n).put("ms", ms).put("name", name)));
  }

  private static long waiting(String key) {
    return engine.count(
        "SELECT count(*) FROM relay.deliveries WHERE timer IS NOT NULL AND key = '" + key + "'");
  }

  private static void makeDue(String keys) {
    engine.sql(
        "WITH u AS (UPDATE relay.deliveries SET due_at = due_at - interval '2 hours' WHERE status ="
            + " 'scheduled' AND key LIKE '"
            + keys
            + "' RETURNING 1) SELECT count(*) FROM u");
  }
}
