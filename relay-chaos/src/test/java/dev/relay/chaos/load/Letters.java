package dev.relay.chaos.load;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** What the operator knows of the dead letters it dealt with. Thread-safe. */
public final class Letters {
  private final Set<String> mended = ConcurrentHashMap.newKeySet();
  private final Set<String> maybeMended = ConcurrentHashMap.newKeySet();
  private final Set<String> discarded = ConcurrentHashMap.newKeySet();
  private final Set<String> maybeDiscarded = ConcurrentHashMap.newKeySet();
  private final AtomicLong retried = new AtomicLong();

  /** A letter's name: who sent which number to whom. */
  public static String name(String from, String to, String n) {
    return from + " to " + to + " number " + n;
  }

  void tryMend(String letter) {
    maybeMended.add(letter);
  }

  void mended(String letter) {
    mended.add(letter);
  }

  void tryDiscard(String letter) {
    maybeDiscarded.add(letter);
  }

  void discarded(String letter) {
    discarded.add(letter);
  }

  void retried() {
    retried.incrementAndGet();
  }

  /** Letters whose mending was acknowledged. */
  public Set<String> mended() {
    return Set.copyOf(mended);
  }

  /** Letters whose discarding was acknowledged. */
  public Set<String> discarded() {
    return Set.copyOf(discarded);
  }

  /** Whether the operator ever tried to mend it. */
  public boolean mayBeMended(String letter) {
    return maybeMended.contains(letter);
  }

  /** Whether the operator ever tried to discard it. */
  public boolean mayBeDiscarded(String letter) {
    return maybeDiscarded.contains(letter);
  }

  @Override
  public String toString() {
    return "dead letters: %d mended, %d discarded, %d retried as they were"
        .formatted(mended.size(), discarded.size(), retried.get());
  }
}
