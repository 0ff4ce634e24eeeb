package dev.relay.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import dev.relay.message.Json;
import dev.relay.postgres.PostgresStores;
import dev.relay.store.DeadLetter;
import dev.relay.store.DeadLetterDetails;
import dev.relay.store.DeadLetterDetails.Attempt;
import dev.relay.store.DeadLetterFilter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dead letters on a real Postgres with a node at work. Each test has keys of its own. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DeadLettersIT {
  private static final Duration BOUND = Duration.ofSeconds(30);
  private static Engine engine;
  private static Node node;
  private static DeadLetters letters;

  @BeforeAll
  static void start() {
    engine = new Engine();
    node = engine.node();
    letters =
        new DeadLetters(
            PostgresStores.deadLetters(engine.dataSource), engine.actors::catalog, node::look);
  }

  @AfterAll
  static void stop() {
    engine.close();
  }

  @Test
  void a_dead_letter_keeps_its_message_every_attempt_and_what_came_after_it() {
    DeadLetter dead = poison("story", 101);
    tell("story", 102);
    tell("story", 103);
    await().atMost(BOUND).until(() -> engine.seen("story").equals("[102, 103]"));

    DeadLetterDetails details = letters.find(dead.id());
    assertThat(details.letter()).isEqualTo(dead);
    assertThat(dead.actor()).isEqualTo("ledger");
    assertThat(dead.message().payload()).isEqualTo(Engine.amount("story", 101));
    assertThat(dead.attempts()).isEqualTo(3);
    assertThat(dead.error()).startsWith("RLY-5001").contains("not yet");
    assertThat(details.attempts()).extracting(Attempt::number).containsExactly(1, 2, 3);
    assertThat(details.attempts()).extracting(Attempt::at).isSorted();
    assertThat(details.attempts())
        .allSatisfy(attempt -> assertThat(attempt.error()).contains("not yet"));
    assertThat(dead.diedAt()).isAfterOrEqualTo(details.attempts().get(2).at().minusMillis(5_000));
    assertThat(details.deliveredAfter()).isEqualTo(2);
    assertThat(details.waitingBehind()).isZero();
  }

  @Test
  void a_refusal_is_dead_at_once_and_a_failure_only_after_its_attempts() {
    tell("refused", CounterActors.Ledger.REFUSED);
    DeadLetter refused = only("refused");
    assertThat(refused.attempts()).isEqualTo(1);
    assertThat(refused.error()).startsWith("RLY-2107 UNWANTED");

    tell("broken", CounterActors.Ledger.BREAKS_STATE);
    DeadLetter broken = only("broken");
    assertThat(broken.attempts()).isEqualTo(1);
    assertThat(broken.error()).startsWith("RLY-2106");

    tell("dependency-refused", CounterActors.Ledger.DEPENDENCY_REFUSES);
    assertThat(only("dependency-refused").attempts()).isEqualTo(1);
    assertThat(only("dependency-refused").error()).startsWith("RLY-2102");

    tell("dependency-late", CounterActors.Ledger.DEPENDENCY_IS_LATE);
    assertThat(only("dependency-late").attempts()).isEqualTo(3);
    assertThat(only("dependency-late").error()).contains("no answer");
  }

  @Test
  void a_retried_letter_is_delivered_once_and_then_unknown() {
    DeadLetter dead = poison("again", 111);
    engine.actors.ledger.failures.remove(111);

    assertThat(letters.retry(dead.id())).isEqualTo(dead);

    await().atMost(BOUND).until(() -> engine.seen("again").equals("[111]"));
    assertUnknown(() -> letters.retry(dead.id()));
    assertUnknown(() -> letters.discard(dead.id(), ""));
    assertUnknown(() -> letters.find(dead.id()));
    assertUnknown(() -> letters.find("nonsense"));
  }

  @Test
  void a_letter_that_dies_again_keeps_the_errors_of_its_earlier_life() {
    DeadLetter dead = poison("twice-dead", 121);
    letters.retry(dead.id());

    await().atMost(BOUND).until(() -> list("twice-dead").size() == 1);
    assertThat(letters.find(dead.id()).attempts())
        .extracting(Attempt::number)
        .containsExactly(1, 2, 3, 1, 2, 3);
  }

  @Test
  void errors_are_kept_for_the_last_fifty_attempts_two_thousand_characters_each() {
    DeadLetter dead = poison("bounded", 131);
    engine.sql(
        "WITH u AS (UPDATE relay.deliveries SET errors = (SELECT e.errors FROM (WITH RECURSIVE"
            + " r(n, errors) AS (SELECT 0, NULL::jsonb UNION ALL SELECT n + 1,"
            + " relay.with_error(errors, n + 1, repeat('x', 5000)) FROM r WHERE n < 80) SELECT errors"
            + " FROM r ORDER BY n DESC LIMIT 1) AS e) WHERE id = '"
            + dead.id()
            + "' RETURNING 1) SELECT * FROM u");

    List<Attempt> attempts = letters.find(dead.id()).attempts();
    assertThat(attempts).hasSize(50);
    assertThat(attempts.get(0).number()).isEqualTo(31);
    assertThat(attempts.get(49).number()).isEqualTo(80);
    assertThat(attempts).allSatisfy(attempt -> assertThat(attempt.error()).hasSize(2_000));
  }

  @Test
  void an_edited_payload_is_checked_before_anything_changes() {
    DeadLetter dead = poison("edit", 141);

    assertThatThrownBy(
            () ->
                letters.retry(
                    dead.id(),
                    Json.mapper().readTree("{\"id\": \"edit\", \"n\": \"x\", \"y\": 1}")))
        .isInstanceOfSatisfying(
            RelayException.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo(ErrorCode.PAYLOAD_INVALID);
              assertThat(refusal.violations()).hasSize(2);
            });
    assertThat(letters.find(dead.id()).letter()).isEqualTo(dead);

    letters.retry(dead.id(), Engine.amount("edit", 142));
    await().atMost(BOUND).until(() -> engine.seen("edit").equals("[142]"));
  }

  @Test
  void an_edited_payload_that_names_another_instance_goes_there() {
    DeadLetter dead = poison("edit-from", 151);
    letters.retry(dead.id(), Engine.amount("edit-to", 152));

    await().atMost(BOUND).until(() -> engine.seen("edit-to").equals("[152]"));
    assertThat(list("edit-from")).isEmpty();
    assertThat(engine.seen("edit-from")).isEmpty();
  }

  @Test
  void a_letter_without_a_key_is_counted_and_can_be_mended() {
    String id = "01890000-0000-7000-8000-000000000001";
    engine.sql(
        "WITH i AS (INSERT INTO relay.deliveries (status, actor, partition, id, key, message,"
            + " last_error, died_at) SELECT 'dead', 'ledger', 0, '"
            + id
            + "', '', json_build_object('id', '"
            + id
            + "', 'type', 'RECORD', 'payload', json_build_object('n', 161), 'correlation', 'c',"
            + " 'schema_version', '1.0.0', 'time', '2026-01-01T00:00:00Z'), 'no key', now()"
            + " RETURNING 1) SELECT * FROM i");

    assertThat(letters.counts()).containsKey("ledger");
    assertThat(letters.count(DeadLetterFilter.ALL.ofKey(""))).isEqualTo(1);
    assertThatThrownBy(() -> letters.retry(id))
        .isInstanceOfSatisfying(
            RelayException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.KEY_MISSING));
    assertThat(letters.retryAll(DeadLetterFilter.ALL.ofKey("")))
        .isEqualTo(new DeadLetters.Retried(0, 1));
    letters.retry(id, Engine.amount("mended", 162));
    await().atMost(BOUND).until(() -> engine.seen("mended").equals("[162]"));
  }

  @Test
  void a_discarded_letter_is_gone_and_the_journal_tells_why() {
    DeadLetter dead = poison("gone", 171);
    assertThat(letters.discard(dead.id(), "customer left")).isEqualTo(dead);

    assertUnknown(() -> letters.retry(dead.id()));
    assertThat(
            engine.sql(
                "SELECT outcome || ' ' || note || ' ' || (message -> 'payload' ->> 'n') FROM"
                    + " relay.journal WHERE turn_id = '"
                    + dead.id()
                    + "'"))
        .isEqualTo("discarded customer left 171");
  }

  @Test
  void filters_narrow_and_pages_follow_each_other() {
    for (int i = 0; i < 5; i++) {
      tell("page-" + i, CounterActors.Ledger.REFUSED);
    }
    tell("page-other", CounterActors.Ledger.BREAKS_STATE);
    await().atMost(BOUND).until(() -> list("page-other").size() == 1);
    DeadLetterFilter refused =
        DeadLetterFilter.ALL.ofActor("ledger").ofEvent(CounterActors.RECORD).withError("rly-2107");
    await().atMost(BOUND).until(() -> letters.count(refused) >= 5);

    Set<String> keys = new HashSet<>();
    String next = null;
    do {
      DeadLetters.Page page = letters.list(refused, next, 2);
      assertThat(page.letters()).hasSizeBetween(1, 2);
      page.letters().forEach(letter -> assertThat(keys.add(letter.key())).isTrue());
      next = page.next();
    } while (next != null);
    assertThat(keys).contains("page-0", "page-1", "page-2", "page-3", "page-4");
    assertThat(keys).doesNotContain("page-other");
    assertThat(letters.count(refused.ofActor("counter"))).isZero();
    assertThat(letters.count(refused.ofEvent("ADDED"))).isZero();
    Instant later = Instant.now().plusSeconds(3_600);
    assertThat(letters.count(refused.diedFrom(later))).isZero();
    assertThat(letters.count(refused.diedBefore(later))).isEqualTo(letters.count(refused));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {4, 20261123})
  void poison_blocks_nothing_order_holds_and_the_dead_are_complete(long seed) {
    Random random = new Random(seed);
    int base = 1_000_000 + (int) (seed % 1_000) * 1_000;
    Map<String, List<Integer>> healthy = new TreeMap<>();
    Map<String, List<Integer>> poisoned = new TreeMap<>();
    List<CompletableFuture<Receipt>> accepted = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      String key = "p" + seed + "-" + random.nextInt(8);
      int n = base + i;
      int failures = random.nextInt(10) == 0 ? 1_000 : random.nextInt(10) == 0 ? 2 : 0;
      if (failures > 0) {
        engine.actors.ledger.failures.put(n, new AtomicInteger(failures));
      }
      (failures == 1_000 ? poisoned : healthy)
          .computeIfAbsent(key, each -> new ArrayList<>())
          .add(n);
      accepted.add(
          node.send(SendRequest.to("ledger", CounterActors.RECORD, Engine.amount(key, n))));
      accepted.get(i).join();
    }

    healthy.forEach(
        (key, numbers) ->
            await().atMost(BOUND).until(() -> engine.seen(key).equals(numbers.toString())));
    poisoned.forEach(
        (key, numbers) -> {
          await().atMost(BOUND).until(() -> list(key).size() == numbers.size());
          assertThat(list(key))
              .extracting(letter -> letter.message().payload().get("n").intValue())
              .containsExactlyInAnyOrderElementsOf(numbers);
          assertThat(list(key)).extracting(DeadLetter::attempts).containsOnly(3);
          numbers.forEach(engine.actors.ledger.failures::remove);
        });
    int dead = poisoned.values().stream().mapToInt(List::size).sum();

    DeadLetters.Retried retried =
        letters.retryAll(DeadLetterFilter.ALL.withError("p" + seed + "-"));
    assertThat(retried).isEqualTo(new DeadLetters.Retried(dead, 0));
    poisoned.forEach(
        (key, numbers) -> {
          List<Integer> all = new ArrayList<>(healthy.getOrDefault(key, List.of()));
          all.addAll(numbers);
          await().atMost(BOUND).until(() -> engine.seen(key).equals(all.toString()));
        });
  }

  private static DeadLetter poison(String key, int n) {
    engine.actors.ledger.failures.put(n, new AtomicInteger(1_000));
    tell(key, n);
    return only(key);
  }

  private static void tell(String key, int n) {
    Engine.await(node, SendRequest.to("ledger", CounterActors.RECORD, Engine.amount(key, n)));
  }

  private static DeadLetter only(String key) {
    await().atMost(BOUND).until(() -> list(key).size() == 1);
    return list(key).get(0);
  }

  private static List<DeadLetter> list(String key) {
    return letters.list(DeadLetterFilter.ALL.ofKey(key), null, 1_000).letters();
  }

  private static void assertUnknown(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            RelayException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.UNKNOWN_DEAD_LETTER));
  }
}
