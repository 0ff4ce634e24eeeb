package dev.relay.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import dev.relay.transport.Letter;
import dev.relay.transport.PartitionId;
import dev.relay.transport.Transport;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link Transport} has to do, as tests. A transport's own test class extends this and
 * says what it sends through; it passes with nothing skipped. What a transport may do (lose,
 * double, reorder) is not tested: users meet it in {@link HostileTransport}. A transport whose
 * health is reachable receives, and what is sent between two such arrives.
 *
 * <pre>{@code
 * class RedisTransportTest extends TransportContract {
 *   @Override
 *   protected Carrier carrier() {
 *     return new RedisCarrier(…);
 *   }
 * }
 * }</pre>
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class TransportContract {
  /** How long a notice may take here; generous, since a slow machine is no broken contract. */
  protected static final Duration BOUND = Duration.ofSeconds(30);

  /** Letters that can't be sent may take this much memory, in bytes. */
  private static final long MOST_KEPT = 64L << 20;

  private static final Set<PartitionId> SOME =
      Set.of(new PartitionId("cart", 0), new PartitionId("cart", 63), new PartitionId("order", 7));

  private final List<Transport> opened = new ArrayList<>();
  private Carrier carrier = new NoCarrier();

  /** A new carrier, reachable; the suite closes it after each test. */
  protected abstract Carrier carrier();

  @BeforeEach
  void make_the_carrier() {
    carrier = carrier();
  }

  @AfterEach
  void close_everything() {
    opened.forEach(Transport::close);
    carrier.close();
  }

  @Test
  void a_wake_up_arrives_with_its_partitions_at_its_node_and_nowhere_else() {
    Member a = member();
    Member b = member();
    Member c = member();

    a.transport.wake(b.name, SOME);

    await().atMost(BOUND).untilAsserted(() -> assertThat(b.ear.woken()).isEqualTo(SOME));
    assertThat(a.ear.woken()).isEmpty();
    assertThat(c.ear.woken()).isEmpty();
  }

  @Test
  void three_nodes_wake_each_other() {
    List<Member> members = List.of(member(), member(), member());
    for (int from = 0; from < 3; from++) {
      for (int to = 0; to < 3; to++) {
        if (from != to) {
          PartitionId partition = new PartitionId("from", from);
          members.get(from).transport.wake(members.get(to).name, Set.of(partition));
        }
      }
    }
    for (Member member : members) {
      await().atMost(BOUND).until(() -> member.ear.woken().size() == 2);
    }
  }

  @Test
  void many_wake_ups_become_few_notices_and_no_partition_is_missing() {
    Member a = member();
    Member b = member();
    int calls = 20_000;
    for (int i = 0; i < calls; i++) {
      a.transport.wake(b.name, Set.of(new PartitionId("cart", i % 64)));
    }
    await().atMost(BOUND).until(() -> b.ear.woken().size() == 64);
    assertThat(b.ear.wakes()).isLessThan(calls / 2);
  }

  @Test
  void partitions_of_many_actors_fit_into_one_call() {
    Member a = member();
    Member b = member();
    List<PartitionId> all = new ArrayList<>();
    for (int actor = 0; actor < 40; actor++) {
      for (int number = 0; number < 64; number++) {
        all.add(new PartitionId("an_actor_with_a_rather_long_name_" + actor, number));
      }
    }
    a.transport.wake(b.name, all);
    await().atMost(BOUND).until(() -> b.ear.woken().size() == all.size());
    assertThat(b.ear.woken()).containsAll(all);
  }

  @Test
  void an_announcement_reaches_every_other_node() {
    Member a = member();
    Member b = member();
    Member c = member();

    a.transport.announce();

    await().atMost(BOUND).until(() -> b.ear.announcements() > 0 && c.ear.announcements() > 0);
  }

  @Test
  void a_letter_arrives_as_it_was_sent() {
    Member a = member();
    Member b = member();
    Letter letter = letter(a, "{\"text\":\"\\u0001 naïve ✓ 𝒳 'quoted' \\\\\",\"n\":[1,2]}");

    a.transport.send(b.name, letter);

    await().atMost(BOUND).until(() -> !b.ear.letters().isEmpty());
    assertThat(b.ear.letters()).containsOnly(letter);
    assertThat(a.ear.letters()).isEmpty();
  }

  @Test
  void a_letter_of_five_megabytes_arrives_whole() {
    Member a = member();
    Member b = member();
    Letter letter = letter(a, "{\"big\":\"" + text(5 << 20, 11) + "\"}");

    a.transport.send(b.name, letter);

    await().atMost(BOUND).until(() -> !b.ear.letters().isEmpty());
    assertThat(b.ear.letters().get(0).body().equals(letter.body())).isTrue();
    assertThat(b.ear.letters().get(0).id()).isEqualTo(letter.id());
  }

  @Test
  void many_letters_go_both_ways_and_each_arrives_with_its_own_content() {
    Member a = member();
    Member b = member();
    Map<String, String> toB = new HashMap<>();
    Map<String, String> toA = new HashMap<>();
    for (int i = 0; i < 300; i++) {
      Letter there = letter(a, "{\"there\":\"" + text(i * 10, i) + "\"}");
      Letter back = letter(b, "{\"back\":\"" + text(i * 10, i) + "\"}");
      toB.put(there.id(), there.body());
      toA.put(back.id(), back.body());
      a.transport.send(b.name, there);
      b.transport.send(a.name, back);
    }
    await()
        .atMost(BOUND)
        .untilAsserted(
            () -> {
              assertThat(contents(b)).isEqualTo(toB);
              assertThat(contents(a)).isEqualTo(toA);
            });
  }

  @Test
  void nothing_arrives_at_a_node_before_it_starts_nor_after_it_closed() {
    Member a = member();
    Ear early = new Ear();
    Transport waiting = open();
    String name = name();
    a.transport.wake(name, SOME);
    a.transport.send(name, letter(a, "{}"));
    Member proof = member();
    a.transport.wake(proof.name, SOME);
    await().atMost(BOUND).until(() -> !proof.ear.woken().isEmpty());
    assertThat(early.woken()).isEmpty();

    waiting.start(name, early);
    await().atMost(BOUND).until(() -> waiting.health().reachable());
    a.transport.wake(name, Set.of(new PartitionId("cart", 5)));
    await().atMost(BOUND).until(() -> early.woken().contains(new PartitionId("cart", 5)));
    waiting.close();
    early.clear();
    a.transport.wake(name, SOME);
    a.transport.send(name, letter(a, "{}"));
    proof.ear.clear();
    a.transport.wake(proof.name, SOME);
    await().atMost(BOUND).until(() -> !proof.ear.woken().isEmpty());
    assertThat(early.woken()).isEmpty();
    assertThat(early.letters()).isEmpty();
  }

  @Test
  void what_is_sent_to_a_node_that_is_not_there_disturbs_nobody() {
    Member a = member();
    Member b = member();
    for (int i = 0; i < 100; i++) {
      a.transport.wake("nobody-" + i, SOME);
      a.transport.send("nobody-" + i, letter(a, "{}"));
    }
    a.transport.wake(b.name, SOME);
    await().atMost(BOUND).untilAsserted(() -> assertThat(b.ear.woken()).isEqualTo(SOME));
  }

  @Test
  void a_node_tells_whether_its_carrier_is_reachable() {
    Member a = member();
    assertThat(a.transport.name()).isNotBlank();
    await().atMost(BOUND).until(() -> a.transport.health().reachable());
    assertThat(a.transport.health().detail()).isNotBlank().doesNotContain("\n");

    carrier.lose();
    a.transport.announce();
    await().atMost(BOUND).until(() -> a.transport.health().reachable() != carrier.canBeLost());
    assertThat(a.transport.health().detail()).isNotBlank().doesNotContain("\n");

    carrier.restore();
    await().atMost(BOUND).until(() -> a.transport.health().reachable());
  }

  @Test
  void a_lost_carrier_stops_no_sender_and_every_node_hears_that_it_was_interrupted() {
    Member a = member();
    Member b = member();
    ready(a, b);
    a.ear.clear();
    b.ear.clear();

    carrier.lose();
    assertThatCode(
            () -> {
              for (int i = 0; i < 1_000; i++) {
                a.transport.wake(b.name, SOME);
                a.transport.send(b.name, letter(a, "{\"i\":" + i + "}"));
                a.transport.announce();
              }
            })
        .doesNotThrowAnyException();
    carrier.restore();

    if (carrier.canBeLost()) {
      await().atMost(BOUND).until(() -> a.ear.interruptions() > 0 && b.ear.interruptions() > 0);
    }
    ready(a, b);
    ready(b, a);
  }

  @Test
  void what_can_not_be_sent_takes_bounded_memory() {
    Member a = member();
    Member b = member();
    ready(a, b);
    carrier.lose();
    List<WeakReference<Letter>> sent = new ArrayList<>();
    int size = 1 << 20;
    int count = (int) (4 * MOST_KEPT / size);
    for (int i = 0; i < count; i++) {
      Letter letter = letter(a, "{\"big\":\"" + "x".repeat(size) + "\"}");
      sent.add(new WeakReference<>(letter));
      a.transport.send(carrier.canBeLost() ? b.name : "nobody", letter);
      a.transport.wake(b.name, SOME);
    }
    await()
        .atMost(BOUND)
        .untilAsserted(
            () -> {
              System.gc();
              long kept = sent.stream().filter(letter -> letter.get() != null).count();
              assertThat(kept * size).isLessThanOrEqualTo(MOST_KEPT);
            });
    carrier.restore();
    ready(a, b);
  }

  @Test
  void a_node_starts_without_its_carrier_and_finds_it_later() {
    Member a = member();
    carrier.lose();
    Member late = new Member();
    carrier.restore();
    ready(a, late);
    ready(late, a);
  }

  @Test
  void closing_twice_is_closing_once_and_sending_afterwards_does_nothing() {
    Member a = member();
    Member b = member();
    ready(a, b);

    a.transport.close();
    assertThatCode(
            () -> {
              a.transport.close();
              a.transport.wake(b.name, SOME);
              a.transport.send(b.name, letter(a, "{}"));
              a.transport.announce();
            })
        .doesNotThrowAnyException();
    assertThat(a.transport.health().reachable()).isFalse();
    assertThatCode(() -> open().close()).doesNotThrowAnyException();
  }

  /** A node with its transport, started. */
  private final class Member {
    private final String name = name();
    private final Ear ear = new Ear();
    private final Transport transport = open();

    Member() {
      transport.start(name, ear);
    }
  }

  /** A node that receives. */
  private Member member() {
    Member member = new Member();
    await().atMost(BOUND).until(() -> member.transport.health().reachable());
    return member;
  }

  /** Waits until notices go from one to the other; what was sent before may have been lost. */
  private static void ready(Member from, Member to) {
    PartitionId probe = new PartitionId("probe-" + UUID.randomUUID(), 0);
    await()
        .atMost(BOUND)
        .until(
            () -> {
              from.transport.wake(to.name, Set.of(probe));
              return to.ear.woken().contains(probe);
            });
  }

  private Transport open() {
    Transport transport = carrier.transport();
    opened.add(transport);
    return transport;
  }

  private static String name() {
    return "node-" + UUID.randomUUID().toString().substring(0, 13);
  }

  private static Letter letter(Member from, String body) {
    return new Letter(UUID.randomUUID().toString(), from.name, body);
  }

  private static Map<String, String> contents(Member member) {
    Map<String, String> contents = new HashMap<>();
    member.ear.letters().forEach(letter -> contents.put(letter.id(), letter.body()));
    return contents;
  }

  /** Random letters, so that nothing compresses them away. */
  private static String text(int length, long seed) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append((char) ('a' + random.nextInt(26)));
    }
    return text.toString();
  }

  /** Stands in before each test's own carrier is made. */
  private static final class NoCarrier implements Carrier {
    @Override
    public Transport transport() {
      throw new IllegalStateException("no carrier yet");
    }

    @Override
    public void lose() {}

    @Override
    public void restore() {}

    @Override
    public void close() {}
  }
}
