package dev.relay.cluster;

import dev.relay.message.ActorAddress;
import dev.relay.route.Partitions;
import dev.relay.transport.PartitionId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who owns which partition, as one node knows it. Only the owner works on a partition's deliveries
 * and is asked for its instances; should two nodes disagree for a moment, commits decide.
 * Immutable.
 */
public final class Assignment {
  private final String self;
  private final Roster roster;
  private final Map<String, @Nullable String[]> owners;

  private Assignment(String self, Roster roster, Map<String, @Nullable String[]> owners) {
    this.self = self;
    this.roster = roster;
    this.owners = owners;
  }

  /** What follows from a list of nodes. */
  public static Assignment of(String self, Roster roster) {
    Map<String, @Nullable String[]> owners = new HashMap<>();
    TreeSet<String> actors =
        roster.members().stream()
            .flatMap(member -> member.actors().stream())
            .collect(Collectors.toCollection(TreeSet::new));
    for (String actor : actors) {
      List<String> hosts =
          roster.members().stream()
              .filter(member -> member.hosts(actor))
              .map(Member::name)
              .toList();
      @Nullable String[] own = new String[Partitions.COUNT];
      for (int partition = 0; partition < own.length; partition++) {
        own[partition] = Rendezvous.owner(hosts, actor, partition);
      }
      owners.put(actor, own);
    }
    return new Assignment(self, roster, owners);
  }

  /** This node's name. */
  public String self() {
    return self;
  }

  /** Counts the changes of the list of nodes. */
  public long epoch() {
    return roster.epoch();
  }

  /** The living nodes, by name. */
  public List<Member> members() {
    return roster.members();
  }

  /** A living node. */
  public Optional<Member> member(String name) {
    return members().stream().filter(member -> member.name().equals(name)).findFirst();
  }

  /** The node that owns a partition; absent where no living node hosts the actor. */
  public @Nullable String owner(String actor, int partition) {
    @Nullable String[] own = owners.get(actor);
    return own == null ? null : own[partition];
  }

  /** The node that owns an instance. */
  public @Nullable String owner(ActorAddress address) {
    return owner(address.actor(), Partitions.of(address));
  }

  /** Whether this node owns a partition. */
  public boolean owns(String actor, int partition) {
    return self.equals(owner(actor, partition));
  }

  /** Whether this node owns a partition. */
  public boolean owns(PartitionId partition) {
    return owns(partition.actor(), partition.number());
  }

  /** Whether there is any other node. */
  public boolean hasOthers() {
    return members().stream().anyMatch(member -> !member.name().equals(self));
  }

  /** The same without this node: it was taken for dead and owns nothing. */
  Assignment withoutSelf() {
    List<Member> others = members().stream().filter(member -> !member.name().equals(self)).toList();
    return of(self, new Roster(roster.epoch(), others));
  }

  @Override
  public String toString() {
    return "epoch "
        + epoch()
        + ": "
        + members().stream().map(Member::name).collect(Collectors.joining(", "));
  }
}
