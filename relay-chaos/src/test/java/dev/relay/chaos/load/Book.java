package dev.relay.chaos.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/** What clients know of their messages. Thread-safe. */
public final class Book {
  /** Begins the ids of commands that go through a broker. */
  public static final String BROKERED = "broker-";

  /** Begins the ids of those that go through an envoy and a broker. */
  public static final String SENT_BY_ENVOY = BROKERED + "envoy-";

  private final Letters letters = new Letters();
  private final Set<String> accepted = ConcurrentHashMap.newKeySet();
  private final Set<String> unknown = ConcurrentHashMap.newKeySet();
  private final ConcurrentLinkedQueue<String> anomalies = new ConcurrentLinkedQueue<>();
  private final ConcurrentSkipListMap<Long, Integer> perSecond = new ConcurrentSkipListMap<>();
  private final long start = System.nanoTime();
  private final AtomicLong tries = new AtomicLong();
  private final AtomicLong repeats = new AtomicLong();
  private final AtomicLong overloads = new AtomicLong();
  private final AtomicLong queries = new AtomicLong();

  /** What the operator did with dead letters. */
  public Letters letters() {
    return letters;
  }

  void tried() {
    tries.incrementAndGet();
  }

  void repeated() {
    repeats.incrementAndGet();
  }

  void queried() {
    queries.incrementAndGet();
  }

  void accepted(String id) {
    accepted.add(id);
    perSecond.merge((System.nanoTime() - start) / 1_000_000_000, 1, Integer::sum);
  }

  /** How many were accepted in each second: outages and recoveries can be seen in it. */
  public List<Integer> perSecond() {
    List<Integer> all = new ArrayList<>();
    long last = perSecond.isEmpty() ? -1 : perSecond.lastKey();
    for (long second = 0; second <= last; second++) {
      all.add(perSecond.getOrDefault(second, 0));
    }
    return all;
  }

  /** Somebody of a crowd got no answer, or was refused for want of room. */
  void crowdedOut(Answer answer) {
    if (answer instanceof Answer.Open open && open.why().startsWith(Nodes.OVERLOADED)) {
      overloads.incrementAndGet();
    }
  }

  /** Given up while it was open. */
  void unknown(String id) {
    unknown.add(id);
  }

  /** Something that must not be. */
  void anomaly(String what) {
    anomalies.add(what);
  }

  /** Ids of commands, notes and announcements that some node acknowledged. */
  public Set<String> accepted() {
    return Set.copyOf(accepted);
  }

  /** Ids that may or may not have been taken. */
  public Set<String> unknown() {
    return Set.copyOf(unknown);
  }

  public List<String> anomalies() {
    return new ArrayList<>(anomalies);
  }

  @Override
  public String toString() {
    return "%d accepted, %d unknown, %d tries, %d repeats, %d queries, %d refused for want of room, %s"
        .formatted(
            accepted.size(),
            unknown.size(),
            tries.get(),
            repeats.get(),
            queries.get(),
            overloads.get(),
            letters);
  }
}
