package dev.relay.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.route.Partitions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class AssignmentTest {
  private static final Set<String> ACTORS = Set.of("cart", "order", "payment", "stock", "mail");

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 20261123})
  void every_partition_has_one_owner_and_shares_are_even(long seed) {
    Random random = new Random(seed);
    int nodes = 2 + random.nextInt(7);
    Map<String, Integer> shares = shares(Assignment.of("me", roster(names(random, nodes), ACTORS)));

    int all = ACTORS.size() * Partitions.COUNT;
    assertThat(shares.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(all);
    assertThat(shares).hasSize(nodes);
    double fair = (double) all / nodes;
    // a share is a sum of independent draws: five standard deviations are one in a million
    double bound = 5 * Math.sqrt(fair * (1 - 1.0 / nodes));
    assertThat(shares.values()).allMatch(share -> Math.abs(share - fair) <= bound);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 20261123})
  void when_a_node_goes_only_its_own_partitions_move(long seed) {
    Random random = new Random(seed);
    List<String> names = names(random, 2 + random.nextInt(7));
    String gone = names.get(random.nextInt(names.size()));
    Assignment before = Assignment.of("me", roster(names, ACTORS));
    List<String> left = new ArrayList<>(names);
    left.remove(gone);
    Assignment after = Assignment.of("me", roster(left, ACTORS));

    for (String actor : ACTORS) {
      for (int partition = 0; partition < Partitions.COUNT; partition++) {
        String owner = before.owner(actor, partition);
        if (!gone.equals(owner)) {
          assertThat(after.owner(actor, partition)).isEqualTo(owner);
        } else {
          assertThat(after.owner(actor, partition)).isNotEqualTo(gone).isNotNull();
        }
      }
    }
  }

  @Test
  void every_node_comes_to_the_same_answer_whatever_the_order_of_the_list() {
    List<String> names = new ArrayList<>(names(new Random(7), 5));
    Assignment one = Assignment.of("a", roster(names, ACTORS));
    java.util.Collections.reverse(names);
    Assignment other = Assignment.of("b", roster(names, ACTORS));
    for (int partition = 0; partition < Partitions.COUNT; partition++) {
      assertThat(one.owner("cart", partition)).isEqualTo(other.owner("cart", partition));
    }
  }

  @Test
  void an_actor_that_nobody_hosts_has_no_owner_and_a_leaving_node_owns_nothing() {
    Member leaving = new Member("old", 1, Set.of("cart"), "", "", null, true, Instant.EPOCH);
    Assignment assignment = Assignment.of("old", new Roster(1, List.of(leaving)));

    assertThat(assignment.owner("cart", 0)).isNull();
    assertThat(assignment.owner("unknown", 0)).isNull();
    assertThat(assignment.members()).containsExactly(leaving);
  }

  @Test
  void only_nodes_that_host_the_actor_own_its_partitions() {
    Member all = member("all", ACTORS);
    Member some = member("some", Set.of("cart"));
    Assignment assignment = Assignment.of("some", new Roster(1, List.of(all, some)));

    for (int partition = 0; partition < Partitions.COUNT; partition++) {
      assertThat(assignment.owner("order", partition)).isEqualTo("all");
      assertThat(assignment.owns("order", partition)).isFalse();
    }
    assertThat(shares(assignment).get("some")).isPositive();
  }

  private static Map<String, Integer> shares(Assignment assignment) {
    Map<String, Integer> shares = new HashMap<>();
    for (String actor : ACTORS) {
      for (int partition = 0; partition < Partitions.COUNT; partition++) {
        shares.merge(String.valueOf(assignment.owner(actor, partition)), 1, Integer::sum);
      }
    }
    return shares;
  }

  private static List<String> names(Random random, int count) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      names.add("shop-" + i + "-" + Integer.toString(random.nextInt(1 << 20), 36));
    }
    return names;
  }

  private static Roster roster(List<String> names, Set<String> actors) {
    return new Roster(1, names.stream().map(name -> member(name, actors)).toList());
  }

  private static Member member(String name, Set<String> actors) {
    return new Member(name, 1, actors, "", "", null, false, Instant.EPOCH);
  }
}
