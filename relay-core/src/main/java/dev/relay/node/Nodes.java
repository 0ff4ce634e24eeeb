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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Who is there and how far behind each is, as Postgres has it. Thread-safe. */
public final class Nodes {
  /** What a node or an actor has, while it is added up; partitions by actor, or by node. */
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
    return reading(() -> list(members.roster(), history.load()));
  }

  /**
   * The living nodes by name. Blocks on Postgres.
   *
   * @throws RelayException {@code DATABASE_UNREACHABLE}
   */
  public List<Member> members() {
    return reading(() -> members.roster().members());
  }

  /**
   * The actors that are hosted or owed something, by name. Blocks on Postgres; looks through all
   * that is owed.
   *
   * @throws RelayException {@code DATABASE_UNREACHABLE}
   */
  public List<ActorLoad> actors() {
    return reading(() -> actors(members.roster(), history.load()));
  }

  private static <T> T reading(Supplier<T> read) {
    try {
      return read.get();
    } catch (StoreException failure) {
      throw RelayException.of(
              ErrorCode.DATABASE_UNREACHABLE,
              "the list of nodes can't be read: " + failure.getMessage())
          .cause(failure)
          .build();
    }
  }

  /** The partitions are those of whoever owns them; what is owed is added up by actor. */
  private List<ActorLoad> actors(Roster roster, List<PartitionLoad> loads) {
    Assignment assignment = Assignment.of("", roster);
    Map<String, Share> shares = new TreeMap<>();
    for (Member member : roster.members()) {
      for (String actor : member.actors()) {
        int owned = owned(assignment, member.name(), actor);
        shares.computeIfAbsent(actor, name -> new Share()).partitions.put(member.name(), owned);
      }
    }
    for (PartitionLoad load : loads) {
      shares.computeIfAbsent(load.actor(), name -> new Share()).add(load);
    }
    List<ActorLoad> actors = new ArrayList<>();
    shares.forEach(
        (actor, share) ->
            actors.add(
                new ActorLoad(actor, share.partitions, share.pending, share.retrying, lag(share))));
    return actors;
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
    return new NodeLoad(member, share.partitions, share.pending, share.retrying, lag(share));
  }

  private Duration lag(Share share) {
    Instant oldest = share.oldest;
    Duration lag = oldest == null ? Duration.ZERO : Duration.between(oldest, clock.instant());
    return lag.isNegative() ? Duration.ZERO : lag;
  }

  private static int owned(Assignment assignment, String node, String actor) {
    int owned = 0;
    for (int partition = 0; partition < Partitions.COUNT; partition++) {
      owned += node.equals(assignment.owner(actor, partition)) ? 1 : 0;
    }
    return owned;
  }
}
