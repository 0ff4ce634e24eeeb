package dev.relay.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.relay.cluster.Assignment;
import dev.relay.cluster.CuttableMembers;
import dev.relay.cluster.Member;
import dev.relay.cluster.MemberStore;
import dev.relay.cluster.Membership;
import dev.relay.cluster.NodeName;
import dev.relay.message.ActorAddress;
import dev.relay.store.CommitGroup;
import dev.relay.store.Fence;
import dev.relay.store.Fencing;
import dev.relay.store.StateWrite;
import dev.relay.store.StoreException;
import dev.relay.store.TurnStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The list of living nodes, on a real Postgres, with short leases. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class MembershipTest {
  private static final Duration BOUND = Duration.ofSeconds(30);
  private static final Membership.Timing QUICK =
      new Membership.Timing(Duration.ofMillis(50), Duration.ofMillis(800));

  /** Renewed often, and kept over any pause of the machine. */
  private static final Membership.Timing STEADY =
      new Membership.Timing(Duration.ofMillis(50), Duration.ofSeconds(60));

  private static final Membership.Timing SLOW =
      new Membership.Timing(Duration.ofSeconds(20), Duration.ofSeconds(80));

  private static TestDatabase database;
  private final List<Membership> joined = new ArrayList<>();

  @BeforeAll
  static void create() {
    database = TestDatabase.create();
  }

  @AfterAll
  static void drop() {
    database.close();
  }

  @AfterEach
  void leave() {
    joined.forEach(Membership::close);
    database.sql("DELETE FROM relay.nodes");
  }

  @Test
  void nodes_that_join_see_each_other_and_share_every_partition() {
    Membership one = join(QUICK, store());
    Membership two = join(QUICK, store());

    await().atMost(BOUND).until(() -> names(one).size() == 2 && names(two).size() == 2);
    assertThat(names(one)).isEqualTo(names(two));
    for (int partition = 0; partition < 64; partition++) {
      assertThat(one.current().owns("cart", partition))
          .isNotEqualTo(two.current().owns("cart", partition));
    }
  }

  @Test
  void news_come_at_once_where_postgres_can_be_listened_to() {
    Membership one = join(SLOW, store());
    Membership two = join(SLOW, store());
    await().atMost(Duration.ofSeconds(30)).until(() -> names(one).size() == 2);

    two.close();
    await().atMost(Duration.ofSeconds(30)).until(() -> names(one).size() == 1);
  }

  @Test
  void a_leaving_node_owns_nothing_but_may_finish_what_it_began() {
    Membership one = join(STEADY, store());
    Membership two = join(STEADY, store());
    await().atMost(BOUND).until(() -> names(one).size() == 2);

    two.leave();
    await().atMost(BOUND).until(() -> ownsAll(one));
    assertThat(two.current().owns("cart", 0)).isFalse();
    write(two, "leaving");
    assertThat(versions("leaving")).containsExactly("1");

    two.close();
    await().atMost(BOUND).until(() -> names(one).size() == 1);
    assertThatThrownBy(() -> write(two, "gone")).isInstanceOf(StoreException.class);
  }

  @Test
  void a_node_that_stops_renewing_loses_its_partitions_to_the_others() {
    CuttableMembers dead = cuttable();
    Membership one = join(QUICK, store());
    Membership two = join(QUICK, dead);
    await().atMost(BOUND).until(() -> names(one).size() == 2);

    dead.cut(true);

    await().atMost(BOUND).until(() -> ownsAll(one));
    assertThat(names(one)).hasSize(1);
    assertThat(two.current().members()).hasSize(2);
  }

  @Test
  void an_outage_of_postgres_kills_nobody() throws InterruptedException {
    CuttableMembers first = cuttable();
    CuttableMembers second = cuttable();
    Membership one = join(QUICK, first);
    Membership two = join(QUICK, second);
    await().atMost(BOUND).until(() -> names(one).size() == 2 && names(two).size() == 2);
    List<String> before = names(one);
    long epoch = one.current().epoch();

    first.cut(true);
    second.cut(true);
    await().atMost(BOUND).until(() -> allLeasesOver());
    first.cut(false);
    int seen = first.renewals();
    await().atMost(BOUND).until(() -> first.renewals() > seen + 3);
    second.cut(false);
    int then = second.renewals();
    await().atMost(BOUND).until(() -> second.renewals() > then + 30);

    assertThat(names(one)).isEqualTo(before);
    assertThat(one.current().epoch()).isEqualTo(epoch);
    assertThat(two.fence().incarnation()).isEqualTo(1);
  }

  @Test
  void a_zombie_writes_nothing_drops_everything_and_joins_again() {
    CuttableMembers frozen = cuttable();
    Membership one = join(QUICK, store());
    Membership two = join(QUICK, frozen);
    List<Assignment> heard = new CopyOnWriteArrayList<>();
    two.onChange(heard::add);
    await().atMost(BOUND).until(() -> names(one).size() == 2);
    write(two, "zombie");
    Fence old = two.fence();

    frozen.cut(true);
    await().atMost(BOUND).until(() -> names(one).size() == 1);
    assertThatThrownBy(() -> write(fixed(old), "zombie-2"))
        .isInstanceOfSatisfying(
            StoreException.class,
            failure -> assertThat(failure.kind()).isEqualTo(StoreException.Kind.FENCED));
    assertThat(versions("zombie-2")).isEmpty();
    frozen.cut(false);

    await().atMost(BOUND).until(() -> two.fence().incarnation() == 2 && names(one).size() == 2);
    assertThat(heard).anyMatch(each -> each.member(old.node()).isEmpty());
    assertThatThrownBy(() -> write(fixed(old), "zombie-3")).isInstanceOf(StoreException.class);
    write(two, "risen");
    assertThat(versions("risen")).containsExactly("1");
  }

  @Test
  void a_commit_that_waits_in_postgres_while_its_node_is_taken_for_dead_is_refused()
      throws SQLException {
    Membership one = join(SLOW, store());
    write(one, "busy");
    Fence old = one.fence();
    CompletableFuture<Void> commit;
    try (Connection other = database.dataSource().getConnection();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("SELECT FROM relay.actor_state WHERE key = 'busy' FOR UPDATE");
      commit = CompletableFuture.runAsync(() -> write(fixed(old), "busy", 1));
      await().atMost(BOUND).until(MembershipTest::somebodyWaitsForALock);
      database.sql("DELETE FROM relay.nodes WHERE name = '" + old.node() + "'");
      other.rollback();
    }

    assertThat(commit)
        .failsWithin(BOUND)
        .withThrowableOfType(ExecutionException.class)
        .withCauseInstanceOf(StoreException.class);
    assertThat(versions("busy")).containsExactly("1");
  }

  @Test
  void a_refused_commit_makes_a_node_join_again_without_waiting_for_a_heartbeat_to_notice() {
    Membership one = join(QUICK, store());
    Fence old = one.fence();
    database.sql("DELETE FROM relay.nodes WHERE name = '" + old.node() + "'");
    await().atMost(BOUND).until(() -> one.fence().incarnation() > 1 && names(one).size() == 1);
    write(one, "again");
    assertThat(versions("again")).containsExactly("1");
  }

  private Membership join(Membership.Timing timing, MemberStore store) {
    Member self =
        new Member(
            NodeName.mint(), 0, Set.of("cart", "order"), "1", "here", null, false, Instant.EPOCH);
    Membership membership =
        new Membership(
            store,
            PostgresStores.memberNews(() -> database.dataSource().getConnection()),
            self,
            timing);
    joined.add(membership);
    membership.start();
    return membership;
  }

  private static boolean ownsAll(Membership membership) {
    for (int partition = 0; partition < 64; partition++) {
      if (!membership.current().owns("cart", partition)) {
        return false;
      }
    }
    return true;
  }

  private static List<String> names(Membership membership) {
    return membership.current().members().stream().map(Member::name).toList();
  }

  private static boolean allLeasesOver() {
    return database
        .strings("SELECT count(*) FROM relay.nodes WHERE lease_until > clock_timestamp()")
        .equals(List.of("0"));
  }

  private static CuttableMembers cuttable() {
    return new CuttableMembers(store());
  }

  private static MemberStore store() {
    return PostgresStores.members(database.dataSource());
  }

  private static boolean somebodyWaitsForALock() {
    return !database.strings("SELECT pid FROM pg_locks WHERE NOT granted").isEmpty();
  }

  private static void write(Fencing fencing, String key) {
    write(fencing, key, 0);
  }

  private static void write(Fencing fencing, String key, long base) {
    TurnStore turns = PostgresStores.turns(database.dataSource(), fencing);
    turns.commit(
        new CommitGroup(
            List.of(new StateWrite(new ActorAddress("cart", key), base, base + 1, "{}")),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of()));
  }

  private static List<String> versions(String key) {
    return database.strings("SELECT version FROM relay.actor_state WHERE key = '" + key + "'");
  }

  private static Fencing fixed(Fence fence) {
    return new Fencing() {
      @Override
      public @Nullable Fence fence() {
        return fence;
      }

      @Override
      public void refused(Fence refused) {}
    };
  }
}
