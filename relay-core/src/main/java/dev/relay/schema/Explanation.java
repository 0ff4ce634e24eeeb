package dev.relay.schema;

import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;
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
    Set<Violation> found = new LinkedHashSet<>(explanation.explain(causes, 0));
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
  List<Violation> explain(List<Error> errors, int from) {
    List<Violation> violations = new ArrayList<>();
    int at = 0;
    while (at < errors.size() && violations.size() < MAX_VIOLATIONS) {
      int union = unionAt(errors.get(at).getEvaluationPath(), from);
      int end = union < 0 ? at + 1 : endOfUnion(errors, at, union);
      if (union < 0) {
        violations.add(wording.violation(errors.get(at)));
      } else {
        violations.addAll(new Alternatives(errors.subList(at, end), union, this).explain());
      }
      at = end;
    }
    untold += errors.size() - at;
    return violations;
  }

  /** Which step of an evaluation path is the first {@code anyOf} or {@code oneOf}, -1 if none. */
  private static int unionAt(NodePath path, int from) {
    for (int i = from; i < path.getNameCount(); i++) {
      String step = path.getName(i);
      if (Subschemas.named(step)) {
        i++;
      } else if (step.equals("anyOf") || step.equals("oneOf")) {
        return i;
      }
    }
    return -1;
  }

  /**
   * The library lists the errors of all alternatives one after the other, {@code oneOf} with a line
   * of its own before them; so a union ends where the path leaves it or the alternatives restart.
   */
  private static int endOfUnion(List<Error> errors, int start, int union) {
    NodePath first = errors.get(start).getEvaluationPath();
    int lastAlternative = Alternatives.alternative(first, union);
    int end = start + 1;
    while (end < errors.size()) {
      NodePath path = errors.get(end).getEvaluationPath();
      int alternative = Alternatives.alternative(path, union);
      if (!samePrefix(first, path, union + 1) || alternative < lastAlternative) {
        break;
      }
      lastAlternative = alternative;
      end++;
    }
    return end;
  }

  private static boolean samePrefix(NodePath a, NodePath b, int length) {
    if (b.getNameCount() < length) {
      return false;
    }
    for (int i = length - 1; i >= 0; i--) {
      if (!a.getName(i).equals(b.getName(i))) {
        return false;
      }
    }
    return true;
  }
}
