package dev.relay.node;

import dev.relay.cluster.Assignment;
import dev.relay.message.ActorAddress;
import dev.relay.message.Message;
import dev.relay.route.Owed;
import dev.relay.route.Partitions;
import dev.relay.store.DeliveryRef;
import dev.relay.store.DeliveryStatus;
import dev.relay.store.StoredDelivery;
import dev.relay.store.TurnStore;
import dev.relay.transport.PartitionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The deliveries that this node holds in memory, at most so many. What there is no room for stays
 * in Postgres, and its partition is read from there, in order, until it has caught up. Partitions
 * of other nodes don't come in. Thread-safe.
 */
final class DeliveryIntake {
  private final Map<String, List<PartitionIntake>> partitions = new TreeMap<>();
  private final Map<String, Tenure> inMemory = new ConcurrentHashMap<>();
  private final Hosting hosting;
  private final int most;
  private final Consumer<Work.Delivery> lanes;
  private volatile @Nullable Runnable sweep;
  private volatile boolean awaitsRoom;

  /**
   * @param hosting the hosted actors
   * @param most deliveries in memory
   * @param lanes takes a delivery to its lane
   */
  DeliveryIntake(Hosting hosting, int most, Consumer<Work.Delivery> lanes) {
    this.hosting = hosting;
    this.most = most;
    this.lanes = lanes;
    for (String actor : hosting.names()) {
      List<PartitionIntake> own = new ArrayList<>(Partitions.COUNT);
      for (int partition = 0; partition < Partitions.COUNT; partition++) {
        own.add(new PartitionIntake(actor, partition));
      }
      partitions.put(actor, own);
    }
  }

  /** Who to wake when a partition has to be read from Postgres. */
  void onBehind(Runnable wakeUp) {
    sweep = wakeUp;
  }

  /** Takes in what this node owns now, and lets go of what it doesn't. */
  synchronized void assign(Assignment assignment) {
    boolean gained = false;
    for (List<PartitionIntake> own : partitions.values()) {
      for (PartitionIntake intake : own) {
        synchronized (intake) {
          if (assignment.owns(intake.actor(), intake.partition())) {
            gained |= intake.gain();
          } else if (intake.state() != PartitionIntake.State.AWAY) {
            intake.lose();
          }
        }
      }
    }
    if (gained) {
      wakeSweeper();
    }
  }

  /**
   * Takes a delivery that was just committed, if its partition is this node's and there is room.
   *
   * @param since the time from which nothing of its sender escaped this node; where the partition
   *     hasn't been read since, it is read anew, for something earlier may wait there
   */
  void handOver(StoredDelivery delivery, long since) {
    PartitionIntake intake = find(delivery.ref());
    if (intake == null) {
      return;
    }
    synchronized (intake) {
      if (!intake.readSince(since)) {
        if (intake.state() != PartitionIntake.State.AWAY && intake.anew()) {
          wakeSweeper();
        }
        return;
      }
      switch (intake.state()) {
        case FOLLOWING -> {
          if (inMemory.size() < most) {
            admit(intake, delivery);
          } else {
            behind(intake);
          }
        }
        case JOINING -> intake.keepAside(delivery);
        case BEHIND, AWAY -> {}
      }
    }
  }

  /**
   * A delivery that nothing earlier is on its way to its instance before, as far as this node could
   * know: it may be consumed without being written down. Absent where something may be.
   *
   * @param since as for {@link #handOver}
   */
  Work.@Nullable Delivery direct(Owed owed, long since) {
    ActorAddress to = new ActorAddress(owed.actor(), owed.key());
    int number = Partitions.of(to);
    PartitionIntake intake = find(owed.actor(), number);
    if (intake == null) {
      return null;
    }
    synchronized (intake) {
      if (!intake.isIdle() || !intake.readSince(since)) {
        return null;
      }
      DeliveryRef ref = new DeliveryRef(owed.id(), to, number, DeliveryStatus.READY);
      Message message = owed.message();
      return new Work.Delivery(
          new StoredDelivery(ref, message, 0, message.headers().time(), null), intake.tenure());
    }
  }

  /**
   * Whether a delivery may begin: it is still owed and its partition hasn't moved or been reread.
   */
  boolean holds(Work.Delivery delivery) {
    return !delivery.tenure().isOver() && inMemory.get(delivery.ref().id()) == delivery.tenure();
  }

  /** A delivery that won't begin. */
  void letGo(Work.Delivery delivery) {
    forget(delivery);
  }

  /** A delivery that is consumed or dead: it leaves memory. */
  void finished(DeliveryRef ref) {
    PartitionIntake intake = find(ref);
    if (intake != null) {
      synchronized (intake) {
        intake.finished(ref.id());
        if (inMemory.remove(ref.id()) != null) {
          count(ref, -1);
        }
      }
      lookForRoom();
    }
  }

  /**
   * A delivery that could not be worked on. Its partition is read anew, and what came in behind it
   * is dropped, so that it isn't overtaken.
   */
  void returned(Work.Delivery delivery) {
    forget(delivery);
    PartitionIntake intake = find(delivery.ref());
    if (intake != null) {
      synchronized (intake) {
        if (!delivery.tenure().isOver() && intake.anew()) {
          wakeSweeper();
        }
      }
    }
  }

  /** A delivery there is no room for behind a failed one; its partition is read again later. */
  void dropped(Work.Delivery delivery) {
    forget(delivery);
  }

  /** The delivery's partition is to be read from Postgres. */
  void reread(DeliveryRef ref) {
    reread(ref.to().actor(), ref.partition());
  }

  /** Marks a partition to be read from Postgres, if it is this node's. */
  void reread(TurnStore.Backlog backlog) {
    reread(backlog.actor(), backlog.partition());
  }

  /** Marks a partition to be read from Postgres, if it is this node's. */
  void reread(PartitionId partition) {
    reread(partition.actor(), partition.number());
  }

  private void reread(String actor, int partition) {
    PartitionIntake intake = find(actor, partition);
    if (intake != null) {
      synchronized (intake) {
        behind(intake);
      }
    }
  }

  /** Whether there is room enough for reading from Postgres to be worth it. */
  boolean hasRoom() {
    return inMemory.size() < most / 2;
  }

  int size() {
    return inMemory.size();
  }

  /** Reading had to stop for want of room: it goes on as soon as half of it is free again. */
  void awaitRoom() {
    awaitsRoom = true;
    lookForRoom(); // what was in the way may have gone while this was said
  }

  private void lookForRoom() {
    if (awaitsRoom && inMemory.size() <= most / 4) {
      awaitsRoom = false;
      wakeSweeper();
    }
  }

  /** The partitions that have to be read. */
  List<PartitionIntake> behind() {
    List<PartitionIntake> behind = new ArrayList<>();
    for (List<PartitionIntake> own : partitions.values()) {
      for (PartitionIntake intake : own) {
        if (intake.state() == PartitionIntake.State.BEHIND) {
          behind.add(intake);
        }
      }
    }
    return behind;
  }

  /** Whether a delivery is in memory and may be worked on from there. */
  boolean isInMemory(String id) {
    Tenure tenure = inMemory.get(id);
    return tenure != null && !tenure.isOver();
  }

  /** Takes in a delivery that was read from Postgres; the caller has the partition's monitor. */
  void admitRead(PartitionIntake intake, StoredDelivery delivery) {
    if (!intake.isFinished(delivery.ref().id())) {
      admit(intake, delivery);
    }
  }

  /** All of a partition is read, unless it was marked again meanwhile; its monitor is held. */
  void follow(PartitionIntake intake) {
    intake.follow();
    if (intake.state() == PartitionIntake.State.BEHIND) {
      wakeSweeper();
    }
  }

  private void admit(PartitionIntake intake, StoredDelivery delivery) {
    String id = delivery.ref().id();
    if (isInMemory(id)) {
      return;
    }
    if (inMemory.put(id, intake.tenure()) == null) {
      count(delivery.ref(), 1);
    }
    lanes.accept(new Work.Delivery(delivery, intake.tenure()));
  }

  private void forget(Work.Delivery delivery) {
    if (inMemory.remove(delivery.ref().id(), delivery.tenure())) {
      count(delivery.ref(), -1);
      lookForRoom();
    }
  }

  private void count(DeliveryRef ref, int change) {
    PartitionIntake intake = find(ref);
    if (intake != null) {
      intake.count(change);
    }
    Hosting.Hosted hosted = hosting.find(ref.to().actor());
    if (hosted != null) {
      hosted.tally().waiting(change);
    }
  }

  private void behind(PartitionIntake intake) {
    if (intake.behind()) {
      wakeSweeper();
    }
  }

  private void wakeSweeper() {
    Runnable wakeUp = sweep;
    if (wakeUp != null) {
      wakeUp.run();
    }
  }

  private @Nullable PartitionIntake find(DeliveryRef ref) {
    return find(ref.to().actor(), Partitions.of(ref.to()));
  }

  private @Nullable PartitionIntake find(String actor, int partition) {
    List<PartitionIntake> own = partitions.get(actor);
    return own == null || partition < 0 || partition >= own.size() ? null : own.get(partition);
  }
}
