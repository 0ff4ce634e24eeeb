package dev.relay.bench.contestant;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.cumulative.CumulativeCounter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Knows when a consumer's turn is committed, without asking Postgres: a node counts a turn as done
 * right after its commit, in the order in which the turns ran, group by group. So the next one that
 * is counted is the oldest that ran. That holds for one lane and no retries, as it is here.
 */
final class CommitWatch extends SimpleMeterRegistry {
  private final Landings landings;
  private final Map<String, Set<Long>> ran = new ConcurrentHashMap<>();

  CommitWatch(Landings landings) {
    this.landings = landings;
  }

  /** A consumer's handler has run for this event; running again changes nothing. */
  void ran(String consumer, long number) {
    Set<Long> numbers = ran.computeIfAbsent(consumer, name -> new LinkedHashSet<>());
    synchronized (numbers) {
      numbers.add(number);
    }
  }

  private void committed(String consumer) {
    Set<Long> numbers = ran.get(consumer);
    if (numbers == null) {
      return;
    }
    long oldest;
    synchronized (numbers) {
      var first = numbers.iterator();
      if (!first.hasNext()) {
        return;
      }
      oldest = first.next();
      first.remove();
    }
    landings.landed(oldest);
  }

  @Override
  protected Counter newCounter(Meter.Id id) {
    String consumer = id.getTag("actor");
    boolean watched = id.getName().equals("relay.turns") && "done".equals(id.getTag("outcome"));
    if (!watched || consumer == null) {
      return super.newCounter(id);
    }
    return new CumulativeCounter(id) {
      @Override
      public void increment(double amount) {
        super.increment(amount);
        committed(consumer);
      }
    };
  }
}
