package dev.relay.schema;

import com.networknt.schema.Error;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Turns the errors of the validator library into violations that a person can act on: one for each
 * thing to mend, in our words, and for alternatives ({@code anyOf}, {@code oneOf}) only what the
 * likely meant one lacks. Explains one document; not thread-safe.
 */
final class Explanation {
  /** More are counted, not told: nobody mends a hundred at a time. */
  static final int MAX_VIOLATIONS = 100;

  private final Wording wording;
  private int untold;

  private Explanation(Wording wording) {
    this.wording = wording;
  }

  /** The violations in document order, at most {@value #MAX_VIOLATIONS} and a line on the rest. */
  static List<Violation> of(List<Error> errors, SchemaMap map, JsonNode document) {
    KnownFields knownFields = new KnownFields(map);
    List<Error> causes = Cascades.without(errors, knownFields);
    Explanation explanation = new Explanation(new Wording(knownFields));
    Set<Violation> found = new LinkedHashSet<>(explanation.explain(Finding.of(causes), 0));
    List<Violation> told = new ArrayList<>(found);
    told.sort(new DocumentOrder(document));
    if (explanation.untold > 0) {
      told.add(new Violation("", "", "and about " + explanation.untold + " more violations"));
    }
    return told;
  }

  /**
   * Explains errors that came from the same schema.
   *
   * @param from how many steps of their evaluation paths lead to that schema
   */
  List<Violation> explain(List<Finding> findings, int from) {
    List<Violation> violations = new ArrayList<>();
    int at = 0;
    while (at < findings.size() && violations.size() < MAX_VIOLATIONS) {
      int union = unionAt(findings.get(at).evaluation(), from);
      int end = union < 0 ? at + 1 : endOfUnion(findings, at, union);
      if (union < 0) {
        violations.add(wording.violation(findings.get(at)));
      } else {
        violations.addAll(new Alternatives(findings.subList(at, end), union, this).explain());
      }
      at = end;
    }
    untold += findings.size() - at;
    return violations;
  }

  /** Which step of an evaluation path is the first {@code anyOf} or {@code oneOf}, -1 if none. */
  private static int unionAt(List<String> path, int from) {
    for (int i = from; i < path.size(); i++) {
      String step = path.get(i);
      if (Subschemas.named(step)) {
        i++;
      } else if (isUnion(step) && (i + 1 == path.size() || Pointers.isIndex(path.get(i + 1)))) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isUnion(String keyword) {
    return keyword.equals("anyOf") || keyword.equals("oneOf");
  }

  /**
   * The library lists the errors of all alternatives one after the other, {@code oneOf} with a line
   * of its own before them; so a union ends where the path leaves it or the alternatives restart.
   */
  private static int endOfUnion(List<Finding> findings, int start, int union) {
    List<String> prefix = findings.get(start).evaluation().subList(0, union + 1);
    int lastAlternative = Alternatives.alternative(findings.get(start), union);
    int end = start + 1;
    while (end < findings.size()) {
      Finding next = findings.get(end);
      if (!startsWith(next.evaluation(), prefix)
          || Alternatives.alternative(next, union) < lastAlternative) {
        break;
      }
      lastAlternative = Alternatives.alternative(next, union);
      end++;
    }
    return end;
  }

  private static boolean startsWith(List<String> path, List<String> prefix) {
    return path.size() >= prefix.size() && path.subList(0, prefix.size()).equals(prefix);
  }
}
