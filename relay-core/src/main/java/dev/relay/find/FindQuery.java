package dev.relay.find;

import dev.relay.find.Condition.Bound;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Which instances are to be found, and in which order. Immutable.
 *
 * @param indexes those of the actor
 * @param where all of these hold
 * @param order empty for the order of the index that answers
 * @param limit how many on a page, unless the question says otherwise
 */
public record FindQuery(Indexes indexes, List<Condition> where, List<Index.Key> order, int limit) {
  /** Instances on a page at most, whoever asks. */
  public static final int MOST = 200;

  /** Instances on a page, unless somebody says otherwise. */
  public static final int USUAL = 20;

  public FindQuery {
    where = List.copyOf(where);
    order = List.copyOf(order);
  }

  /**
   * What to look up for one question.
   *
   * @throws FindException where a value of the payload can't be compared with, or no index answers
   */
  public FindPlan plan(JsonNode payload, Instant now) {
    List<Bound> bound = new ArrayList<>(where.size());
    for (Condition condition : where) {
      condition.bind(payload, now).ifPresent(bound::add);
    }
    return FindPlan.of(indexes, bound, order);
  }

  /**
   * Checks that an index answers, with the optional conditions and without.
   *
   * @throws FindException where none does
   */
  public void check() {
    List<Bound> all = new ArrayList<>();
    List<Bound> required = new ArrayList<>();
    for (Condition each : where) {
      Bound bound = new Bound(each.column(), each.operator(), "");
      all.add(bound);
      if (!(each.operand() instanceof Condition.Payload field && field.optional())) {
        required.add(bound);
      }
    }
    FindPlan.of(indexes, all, order);
    FindPlan.of(indexes, required, order);
  }
}
