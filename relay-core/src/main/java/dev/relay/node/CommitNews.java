package dev.relay.node;

import dev.relay.message.ActorAddress;
import dev.relay.route.Owed;
import dev.relay.route.Partitions;
import dev.relay.store.CommitGroup;
import dev.relay.store.DeliveryRef;
import dev.relay.store.DeliveryStatus;
import dev.relay.store.OwedDelivery;
import dev.relay.store.StoredDelivery;
import dev.relay.transport.PartitionId;
import java.util.HashSet;
import java.util.Set;

/**
 * Passes on what a commit owes: to this node's intake, to the owners elsewhere, and to those who
 * follow published events. Thread-safe, as several lanes commit.
 */
final class CommitNews {
  private final DeliveryIntake intake;
  private final Bus bus;
  private final Runnable published;
  private final Continuity continuity = new Continuity(System::nanoTime);

  /**
   * @param published called where the commit emitted something
   */
  CommitNews(DeliveryIntake intake, Bus bus, Runnable published) {
    this.intake = intake;
    this.bus = bus;
    this.published = published;
  }

  /**
   * Since when nothing that this instance emitted escaped this node, once it has written again.
   *
   * @param base the version that it replaces; negative where it has no turn to come
   */
  long since(ActorAddress sender, long base) {
    return base < 0 ? continuity.since(sender) : continuity.since(sender, base, bus.wasShared());
  }

  void committed(CommitGroup content) {
    content.states().forEach(write -> continuity.committed(write, bus.wasShared()));
    Set<PartitionId> afar = new HashSet<>(0);
    for (OwedDelivery each : content.owed()) {
      Owed owed = each.owed();
      if (owed.undeliverable() == null) {
        ActorAddress to = new ActorAddress(owed.actor(), owed.key());
        int partition = Partitions.of(to);
        if (bus.isAfar(owed.actor(), partition)) {
          afar.add(new PartitionId(owed.actor(), partition));
        }
        handOver(owed, new DeliveryRef(owed.id(), to, partition, DeliveryStatus.READY));
      }
    }
    bus.wakeOwners(afar);
    if (content.journal().stream().anyMatch(entry -> entry.emitted() != null)) {
      published.run();
      bus.announce();
    }
  }

  private void handOver(Owed owed, DeliveryRef ref) {
    ActorAddress producer = owed.message().headers().producer();
    intake.handOver(
        new StoredDelivery(ref, owed.message(), 0, owed.message().headers().time(), null),
        producer == null ? Continuity.ALWAYS : continuity.since(producer));
  }
}
