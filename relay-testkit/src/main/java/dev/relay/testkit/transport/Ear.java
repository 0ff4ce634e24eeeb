package dev.relay.testkit.transport;

import dev.relay.transport.Inbound;
import dev.relay.transport.Letter;
import dev.relay.transport.PartitionId;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Remembers everything that arrives at a node. Thread-safe. */
public final class Ear implements Inbound {
  private final Set<PartitionId> woken = ConcurrentHashMap.newKeySet();
  private final List<Letter> letters = new CopyOnWriteArrayList<>();
  private final AtomicInteger wakes = new AtomicInteger();
  private final AtomicInteger announcements = new AtomicInteger();
  private final AtomicInteger interruptions = new AtomicInteger();

  @Override
  public void woken(Collection<PartitionId> partitions) {
    woken.addAll(partitions);
    wakes.incrementAndGet();
  }

  @Override
  public void received(Letter letter) {
    letters.add(letter);
  }

  @Override
  public void published() {
    announcements.incrementAndGet();
  }

  @Override
  public void interrupted() {
    interruptions.incrementAndGet();
  }

  /** Every partition that was woken so far. */
  public Set<PartitionId> woken() {
    return Set.copyOf(woken);
  }

  /** Calls of {@link #woken(Collection)}. */
  public int wakes() {
    return wakes.get();
  }

  public List<Letter> letters() {
    return List.copyOf(letters);
  }

  public int announcements() {
    return announcements.get();
  }

  public int interruptions() {
    return interruptions.get();
  }

  /** Forgets what arrived. */
  public void clear() {
    woken.clear();
    letters.clear();
    wakes.set(0);
    announcements.set(0);
    interruptions.set(0);
  }
}
