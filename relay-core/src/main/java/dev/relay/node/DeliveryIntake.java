package dev.relay.node;

import dev.relay.route.Partitions;
import dev.relay.store.DeliveryRef;
import dev.relay.store.StoredDelivery;
import dev.relay.store.TurnStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The deliveries that this node holds in memory, at most so many. What there is no room for stays
 * in Postgres, and its partition is read from there, in order, until it has caught up. Thread-safe.
 */
final class DeliveryIntake {
  private final Map<String, List<PartitionIntake>> partitions = new TreeMap<>();
  private final Set<String> inMemory = ConcurrentHashMap.newKeySet();
  private final Hosting hosting;
  private final int most;
  private final Consumer<StoredDelivery> lanes;
  private volatile @Nullable Runnable sweep;

  /**
   * @param hosting the hosted actors
   * @param most deliveries in memory
   * @param lanes takes a delivery to its lane
   */
  DeliveryIntake(Hosting hosting, int most, Consumer<StoredDelivery> lanes) {
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

  /** Takes a delivery that was just committed, if it is for a hosted actor and there is room. */
  void handOver(StoredDelivery delivery) {
    PartitionIntake intake = find(delivery.ref());
    if (intake == null) {
      return;
    }
    synchronized (intake) {
      switch (intake.state()) {
        case FOLLOWING -> {
          if (inMemory.size() < most) {
            admit(delivery);
          } else {
            behind(intake);
          }
        }
        case JOINING -> intake.buffer().add(delivery);
        case BEHIND -> {}
      }
    }
  }

  /** A delivery that is consumed or dead: it leaves memory. */
  void finished(DeliveryRef ref) {
    PartitionIntake intake = find(ref);
    if (intake != null) {
      synchronized (intake) {
        intake.finished(ref.id());
        forget(ref);
      }
    }
  }

  /** A delivery that could not be worked on: it leaves memory and is read again. */
  void returned(DeliveryRef ref) {
    forget(ref);
    reread(ref);
  }

  /** A delivery there is no room for behind a failed one; its partition is read again later. */
  void dropped(DeliveryRef ref) {
    forget(ref);
  }

  /** The delivery's partition is to be read from Postgres. */
  void reread(DeliveryRef ref) {
    PartitionIntake intake = find(ref);
    if (intake != null) {
      synchronized (intake) {
        behind(intake);
      }
    }
  }

  /** Marks a partition to be read from Postgres. */
  void reread(TurnStore.Backlog backlog) {
    List<PartitionIntake> own = partitions.get(backlog.actor());
    if (own != null) {
      PartitionIntake intake = own.get(backlog.partition());
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

  /** The partitions that have to be read. */
  List<PartitionIntake> behind() {
    return partitions.values().stream()
        .flatMap(List::stream)
        .filter(intake -> intake.state() == PartitionIntake.State.BEHIND)
        .toList();
  }

  /**
   * Reads a partition from Postgres until it has caught up or memory is full.
   *
   * @param page deliveries read at once
   */
  void catchUp(PartitionIntake intake, TurnStore store, int page) {
    String after = "";
    while (hasRoom()) {
      List<StoredDelivery> read = read(intake, store, after, page);
      admitAll(intake, read);
      if (read.size() < page) {
        join(intake, store, page);
        return;
      }
      after = read.get(read.size() - 1).ref().id();
    }
  }

  /** The last read: what is committed meanwhile is kept aside and follows what was read. */
  private void join(PartitionIntake intake, TurnStore store, int page) {
    synchronized (intake) {
      intake.state(PartitionIntake.State.JOINING);
    }
    String after = "";
    boolean more = true;
    while (more) {
      List<StoredDelivery> read = read(intake, store, after, page);
      admitAll(intake, read);
      more = read.size() == page;
      after = more ? read.get(read.size() - 1).ref().id() : after;
    }
    synchronized (intake) {
      intake.buffer().forEach(delivery -> admitNew(intake, delivery));
      intake.follow();
    }
  }

  private static List<StoredDelivery> read(
      PartitionIntake intake, TurnStore store, String after, int page) {
    synchronized (intake) {
      intake.startRead();
    }
    List<StoredDelivery> read = new ArrayList<>();
    try {
      store.owed(intake.actor(), intake.partition(), after, page, read::add);
    } catch (RuntimeException failure) {
      synchronized (intake) {
        intake.state(PartitionIntake.State.BEHIND);
        intake.buffer().clear();
      }
      throw failure;
    }
    return read;
  }

  private void admitAll(PartitionIntake intake, List<StoredDelivery> read) {
    synchronized (intake) {
      read.forEach(delivery -> admitNew(intake, delivery));
    }
  }

  private void admitNew(PartitionIntake intake, StoredDelivery delivery) {
    if (!intake.isFinished(delivery.ref().id())) {
      admit(delivery);
    }
  }

  private void admit(StoredDelivery delivery) {
    if (inMemory.add(delivery.ref().id())) {
      count(delivery.ref(), 1);
      lanes.accept(delivery);
    }
  }

  private void forget(DeliveryRef ref) {
    if (inMemory.remove(ref.id())) {
      count(ref, -1);
    }
  }

  private void count(DeliveryRef ref, int change) {
    Hosting.Hosted hosted = hosting.find(ref.to().actor());
    if (hosted != null) {
      hosted.tally().waiting(change);
    }
  }

  private void behind(PartitionIntake intake) {
    if (intake.state() == PartitionIntake.State.FOLLOWING) {
      intake.state(PartitionIntake.State.BEHIND);
      Runnable wakeUp = sweep;
      if (wakeUp != null) {
        wakeUp.run();
      }
    } else if (intake.state() == PartitionIntake.State.JOINING) {
      intake.behindAgain();
    }
  }

  private @Nullable PartitionIntake find(DeliveryRef ref) {
    List<PartitionIntake> own = partitions.get(ref.to().actor());
    return own == null ? null : own.get(Partitions.of(ref.to()));
  }
}
