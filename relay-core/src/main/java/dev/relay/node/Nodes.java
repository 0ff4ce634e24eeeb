package dev.relay.node;

import dev.relay.cluster.Assignment;
import dev.relay.cluster.Member;
import dev.relay.cluster.MemberStore;
import dev.relay.cluster.Roster;
import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import dev.relay.route.Partitions;
import dev.relay.store.History;
import dev.relay.store.PartitionLoad;
import dev.relay.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Who is there and how far behind each is, as Postgres has it. Thread-safe. */
public final class Nodes {
  /** A node's share while it is added up. */
  private static final class Share {
    final Map<String, Integer> partitions = new TreeMap<>();
    long pending;
    long retrying;
    @Nullable Instant oldest;

    void add(PartitionLoad load) {
      pending += load.pending();
      retrying += load.retrying();
      oldest = oldest == null || load.oldest().isBefore(oldest) ? load.oldest() : oldest;
    }
  }

  private final MemberStore members;
  private final History history;
  private final InstantSource clock;

  public Nodes(MemberStore members, History history, InstantSource clock) {
    this.members = members;
    this.history = history;
    this.clock = clock;
  }

  /**
   * The living nodes by name, and, where something is owed to actors that nobody hosts, that last.
   * Blocks on Postgres; looks through all that is owed.
   *
   * @throws RelayException {@code DATABASE_UNREACHABLE}
   */
  public List<NodeLoad> list() {
    try {
      return list(members.roster(), history.load());
    } catch (StoreException failure) {
      throw RelayException.of(
              ErrorCode.DATABASE_UNREACHABLE,
              "the list of nodes can't be read: " + failure.getMessage())
          .cause(failure)
          .build();
    }
  }

  private List<NodeLoad> list(Roster roster, List<PartitionLoad> loads) {
    Assignment assignment = Assignment.of("", roster);
    Map<String, Share> shares = new TreeMap<>();
    for (Member member : roster.members()) {
      Share share = new Share();
      shares.put(member.name(), share);
      for (String actor : member.actors()) {
        share.partitions.put(actor, owned(assignment, member.name(), actor));
      }
    }
    Share nobody = new Share();
    for (PartitionLoad load : loads) {
      String owner = assignment.owner(load.actor(), load.partition());
      Share share = owner == null ? nobody : Objects.requireNonNull(shares.get(owner));
      share.add(load);
      if (owner == null) {
        nobody.partitions.merge(load.actor(), 1, Integer::sum);
      }
    }
    List<NodeLoad> list = new ArrayList<>();
    for (Member member : roster.members()) {
      list.add(load(member, Objects.requireNonNull(shares.get(member.name()))));
    }
    if (nobody.pending > 0) {
      list.add(load(null, nobody));
    }
    return list;
  }

  private NodeLoad load(@Nullable Member member, Share share) {
    Instant oldest = share.oldest;
    Duration lag = oldest == null ? Duration.ZERO : Duration.between(oldest, clock.instant());
    return new NodeLoad(
        member,
        share.partitions,
        share.pending,
        share.retrying,
        lag.isNegative() ? Duration.ZERO : lag);
  }

  private static int owned(Assignment assignment, String node, String actor) {
    int owned = 0;
    for (int partition = 0; partition < Partitions.COUNT; partition++) {
      owned += node.equals(assignment.owner(actor, partition)) ? 1 : 0;
    }
    return owned;
  }
}
