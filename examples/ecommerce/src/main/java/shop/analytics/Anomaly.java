package shop.analytics;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * A day on which something happened less than half, or more than twice, as often as usual: the
 * payload of ANOMALY_DETECTED.
 *
 * @param expected the mean of the days before
 */
record Anomaly(LocalDate day, String event, long found, long expected) {
  /** Days before that are looked at. */
  static final int WEEK = 7;

  /** Fewer days say nothing of what is usual, and smaller numbers jump by themselves. */
  private static final int FEWEST_DAYS = 3;

  private static final long SMALLEST = 20;

  /** What is unusual about a day. */
  static List<Anomaly> of(LocalDate day, Map<LocalDate, Numbers> days) {
    Numbers today = days.getOrDefault(day, Numbers.NONE);
    List<Numbers> before =
        days.entrySet().stream()
            .filter(entry -> entry.getKey().isBefore(day))
            .map(Map.Entry::getValue)
            .toList();
    List<Anomaly> anomalies = new ArrayList<>();
    if (before.size() < FEWEST_DAYS) {
      return anomalies;
    }
    Numbers all = before.stream().reduce(today, Numbers::plus);
    for (String event : new TreeSet<>(all.counts().keySet())) {
      long found = today.count(event);
      long expected = Math.round((double) (all.count(event) - found) / before.size());
      boolean unusual = found * 2 < expected || found > expected * 2;
      if (unusual && Math.max(found, expected) >= SMALLEST) {
        anomalies.add(new Anomaly(day, event, found, expected));
      }
    }
    return anomalies;
  }
}
