package dev.relay.find;

import dev.relay.find.Condition.Bound;
import dev.relay.find.Index.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a question is answered: by walking an index from where its first values equal what is asked
 * for. Immutable.
 *
 * @param where all conditions
 * @param prefix how many values of the index are fixed by conditions
 * @param backwards whether the index is walked from its end
 */
public record FindPlan(
    Indexes indexes, Index index, List<Bound> where, int prefix, boolean backwards) {
  public FindPlan {
    where = List.copyOf(where);
  }

  /** The values by which what is found is ordered, in the direction of the walk. */
  public List<Key> order() {
    List<Key> order = new ArrayList<>();
    for (Key key : index.keys().subList(prefix, index.keys().size())) {
      order.add(new Key(key.column(), key.descending() != backwards));
    }
    return order;
  }

  /** The direction of the instances' own keys, which decide where all values are equal. */
  public boolean keyDescending() {
    return index.keys().get(index.keys().size() - 1).descending() != backwards;
  }

  /** What a cursor belongs to: this walk, whatever the values of the conditions. */
  String signature() {
    String conditions =
        where.stream()
            .map(each -> each.column().text() + each.operator())
            .collect(Collectors.joining(" "));
    return Indexes.digest(
        indexes.actor() + index + prefix + backwards + indexes.fingerprint() + conditions);
  }

  /**
   * The plan with the index that fixes most.
   *
   * @throws FindException where no index begins with what is asked for, in this order
   */
  static FindPlan of(Indexes indexes, List<Bound> where, List<Key> order) {
    Set<String> fixed =
        where.stream()
            .filter(Bound::equates)
            .map(each -> each.column().text())
            .collect(Collectors.toSet());
    @Nullable FindPlan best = null;
    int bestRank = -1;
    for (Index index : indexes.all()) {
      FindPlan plan = plan(indexes, index, where, fixed, order);
      int rank = plan == null ? -1 : rank(plan);
      if (rank > bestRank) {
        best = plan;
        bestRank = rank;
      }
    }
    if (best == null) {
      throw none(indexes, where, order);
    }
    return best;
  }

  private static @Nullable FindPlan plan(
      Indexes indexes, Index index, List<Bound> where, Set<String> fixed, List<Key> order) {
    int prefix = 0;
    List<Key> keys = index.keys();
    while (prefix < keys.size() && fixed.contains(keys.get(prefix).column().text())) {
      prefix++;
    }
    List<Key> left = keys.subList(prefix, keys.size());
    List<Key> wanted = order.stream().filter(key -> !fixed.contains(key.column().text())).toList();
    if (wanted.size() > left.size()) {
      return null;
    }
    boolean backwards = !wanted.isEmpty() && wanted.get(0).descending() != left.get(0).descending();
    for (int i = 0; i < wanted.size(); i++) {
      Key has = left.get(i);
      boolean same = has.column().text().equals(wanted.get(i).column().text());
      if (!same || (has.descending() != backwards) != wanted.get(i).descending()) {
        return null;
      }
    }
    FindPlan plan = new FindPlan(indexes, index, where, prefix, backwards);
    return where.isEmpty() || rank(plan) > 0 ? plan : null;
  }

  /** Twice the fixed values, and one more where the next is bounded. */
  private static int rank(FindPlan plan) {
    List<Key> keys = plan.index().keys();
    if (plan.prefix() == keys.size()) {
      return 2 * plan.prefix();
    }
    String next = keys.get(plan.prefix()).column().text();
    boolean bounded =
        plan.where().stream()
            .anyMatch(each -> each.column().text().equals(next) && !each.operator().equals("!="));
    return 2 * plan.prefix() + (bounded ? 1 : 0);
  }

  private static FindException none(Indexes indexes, List<Bound> where, List<Key> order) {
    String what =
        where.stream()
            .map(each -> each.column().text() + " " + each.operator() + " …")
            .collect(Collectors.joining(" and "));
    String sorted = order.stream().map(Key::toString).collect(Collectors.joining(", "));
    return new FindException(
        "no index of "
            + indexes.actor()
            + " begins with "
            + (what.isEmpty() ? "" : what)
            + (sorted.isEmpty() ? "" : (what.isEmpty() ? "" : " and then ") + sorted)
            + "; declared: "
            + indexes.text(),
        0,
        null);
  }
}
