package dev.relay.transport;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What waits to be carried: many threads put in without waiting, one takes out. Wake-ups of the
 * same partition become one, so do announcements; letters keep their order. Bounded: what there is
 * no room for is dropped, which every user of a transport has to bear anyway.
 */
public final class Outgoing {
  /** Partitions waiting at most, over all nodes: chosen, some hundred nodes' worth. */
  private static final int MOST_PARTITIONS = 100_000;

  /** Characters of letters waiting at most, so that a lost carrier costs no more memory. */
  private static final long MOST_CHARACTERS = 16L << 20;

  private static final Duration LONGEST = Duration.ofHours(1);

  /** A letter and where it goes. */
  public record Addressed(String node, Letter letter) {}

  /**
   * What is carried next.
   *
   * @param wakes the partitions by node
   * @param letters in the order they were sent
   * @param announced whether events have been published
   */
  public record Batch(
      Map<String, Set<PartitionId>> wakes, List<Addressed> letters, boolean announced) {
    public boolean isEmpty() {
      return wakes.isEmpty() && letters.isEmpty() && !announced;
    }
  }

  private Map<String, Set<PartitionId>> wakes = new LinkedHashMap<>();
  private final Deque<Addressed> letters = new ArrayDeque<>();
  private int partitions;
  private long characters;
  private boolean announced;
  private boolean closed;

  /** Adds a wake-up. */
  public synchronized void wake(String node, Collection<PartitionId> woken) {
    if (closed || partitions >= MOST_PARTITIONS) {
      return;
    }
    Set<PartitionId> known = wakes.computeIfAbsent(node, any -> new LinkedHashSet<>());
    for (PartitionId each : woken) {
      partitions += known.add(each) ? 1 : 0;
    }
    notifyAll();
  }

  /** Adds a letter. A first one is taken whatever its size. */
  public synchronized void send(String node, Letter letter) {
    int size = letter.body().length();
    if (closed || (!letters.isEmpty() && characters + size > MOST_CHARACTERS)) {
      return;
    }
    letters.add(new Addressed(node, letter));
    characters += size;
    notifyAll();
  }

  /** Adds an announcement. */
  public synchronized void announce() {
    announced = !closed;
    notifyAll();
  }

  /**
   * Takes out what waits, after waiting for it.
   *
   * @param mostCharacters of letters; at least one letter is taken where there is one
   * @return an empty batch once this is closed and emptied
   */
  public Batch take(long mostCharacters) throws InterruptedException {
    Batch batch = take(mostCharacters, LONGEST);
    while (batch.isEmpty() && !isClosed()) {
      batch = take(mostCharacters, LONGEST);
    }
    return batch;
  }

  /** As {@link #take(long)}, but returns an empty batch after this time. */
  public synchronized Batch take(long mostCharacters, Duration longest)
      throws InterruptedException {
    long end = System.nanoTime() + longest.toNanos();
    while (!closed && wakes.isEmpty() && letters.isEmpty() && !announced) {
      long millis = (end - System.nanoTime()) / 1_000_000;
      if (millis <= 0) {
        break;
      }
      wait(millis);
    }
    List<Addressed> taken = new ArrayList<>();
    long size = 0;
    while (!letters.isEmpty()
        && (taken.isEmpty()
            || size + letters.getFirst().letter().body().length() <= mostCharacters)) {
      Addressed next = letters.removeFirst();
      size += next.letter().body().length();
      taken.add(next);
    }
    characters -= size;
    Batch batch = new Batch(wakes, taken, announced);
    wakes = new LinkedHashMap<>();
    partitions = 0;
    announced = false;
    return batch;
  }

  /** Forgets what waits. */
  public synchronized void clear() {
    wakes = new LinkedHashMap<>();
    letters.clear();
    partitions = 0;
    characters = 0;
    announced = false;
  }

  /** Takes nothing more in; what waits can still be taken out. Idempotent. */
  public synchronized void close() {
    closed = true;
    notifyAll();
  }

  /** Whether {@link #close} was called. */
  public synchronized boolean isClosed() {
    return closed;
  }
}
