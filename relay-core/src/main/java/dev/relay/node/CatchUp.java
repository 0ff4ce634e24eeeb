package dev.relay.node;

import dev.relay.store.StoredDelivery;
import dev.relay.store.TurnStore;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads partitions from Postgres until they have caught up or memory is full: all of them in one
 * query, page by page. What is committed meanwhile is kept aside and follows what was read. Used by
 * one thread.
 */
final class CatchUp {
  /** Partitions read at once: chosen, one actor's. */
  private static final int MOST_PARTITIONS = 64;

  /** Deliveries read at once, over all partitions; fits twice into half of the memory's room. */
  private static final int MOST_ROWS = 2_000;

  /** Deliveries of one partition read at once. */
  private static final int PAGE = 500;

  private final DeliveryIntake intake;
  private final TurnStore store;

  CatchUp(DeliveryIntake intake, TurnStore store) {
    this.intake = intake;
    this.store = store;
  }

  /** A partition whose reading is under way. */
  private static final class Reading {
    private final PartitionIntake partition;
    private final Tenure tenure;
    private String after = "";

    Reading(PartitionIntake partition) {
      this.partition = partition;
      this.tenure = partition.tenure();
    }

    boolean stands() {
      return !tenure.isOver() && partition.state() == PartitionIntake.State.JOINING;
    }
  }

  /** Reads these partitions as far as there is room; what is left is read when there is. */
  void read(List<PartitionIntake> behind) {
    for (int from = 0; from < behind.size() && intake.hasRoom(); from += MOST_PARTITIONS) {
      int to = Math.min(behind.size(), from + MOST_PARTITIONS);
      readTogether(behind.subList(from, to));
    }
    if (!behind.isEmpty() && !intake.hasRoom()) {
      intake.awaitRoom();
    }
  }

  private void readTogether(List<PartitionIntake> partitions) {
    List<Reading> open = new ArrayList<>(partitions.size());
    for (PartitionIntake partition : partitions) {
      synchronized (partition) {
        if (partition.state() == PartitionIntake.State.BEHIND) {
          partition.join();
          open.add(new Reading(partition));
        }
      }
    }
    try {
      while (!open.isEmpty() && intake.hasRoom()) {
        open = nextPage(open);
      }
    } finally {
      open.forEach(CatchUp::giveUp);
    }
  }

  /** Reads a page of each partition; returns those that have more. */
  private List<Reading> nextPage(List<Reading> open) {
    List<TurnStore.Slice> slices = new ArrayList<>(open.size());
    for (Reading reading : open) {
      synchronized (reading.partition) {
        reading.partition.startPage();
      }
      slices.add(
          new TurnStore.Slice(
              reading.partition.actor(), reading.partition.partition(), reading.after));
    }
    int page = Math.max(1, Math.min(PAGE, MOST_ROWS / open.size()));
    List<TurnStore.Page> pages = store.owed(slices, page, id -> !intake.isInMemory(id));
    List<Reading> more = new ArrayList<>();
    for (int i = 0; i < pages.size(); i++) {
      if (take(open.get(i), pages.get(i), page)) {
        more.add(open.get(i));
      }
    }
    return more;
  }

  private boolean take(Reading reading, TurnStore.Page page, int limit) {
    synchronized (reading.partition) {
      if (!reading.stands()) {
        return false;
      }
      page.deliveries().forEach(each -> intake.admitRead(reading.partition, each));
      if (page.rows() >= limit) {
        reading.after = page.lastId();
        return true;
      }
      for (StoredDelivery each : reading.partition.buffer()) {
        intake.admitRead(reading.partition, each);
      }
      intake.follow(reading.partition);
      return false;
    }
  }

  private static void giveUp(Reading reading) {
    synchronized (reading.partition) {
      if (reading.stands()) {
        reading.partition.interrupt();
      }
    }
  }
}
