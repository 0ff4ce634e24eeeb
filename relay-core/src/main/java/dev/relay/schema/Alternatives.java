package dev.relay.schema;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The errors of one {@code anyOf} or {@code oneOf} that no alternative satisfied (or, for {@code
 * oneOf}, too many). Alternatives of another type and those with another tag are set aside; where
 * one is left, that was meant and only its errors are told.
 */
final class Alternatives {
  /**
   * Alternatives, and errors of each, that are told in the one line when none was clearly meant.
   */
  private static final int TOLD = 3;

  private final List<Finding> errors;
  private final int union;
  private final Explanation explanation;
  private final String keyword;
  private final Map<Integer, List<Finding>> byAlternative;
  private final List<String> place;

  /**
   * @param union which step of the evaluation paths is the union's keyword
   */
  Alternatives(List<Finding> errors, int union, Explanation explanation) {
    this.errors = errors;
    this.union = union;
    this.explanation = explanation;
    this.keyword = errors.get(0).evaluation().get(union);
    this.byAlternative =
        errors.stream()
            .filter(error -> alternative(error, union) >= 0)
            .collect(
                Collectors.groupingBy(
                    error -> alternative(error, union), TreeMap::new, Collectors.toList()));
    this.place = place(errors);
  }

  /** Which alternative an error came from, -1 for the union's own line. */
  static int alternative(Finding error, int union) {
    List<String> path = error.evaluation();
    return path.size() > union + 1 ? Integer.parseInt(path.get(union + 1)) : -1;
  }

  List<Violation> explain() {
    if (byAlternative.isEmpty()) {
      return List.of(violation(place, tooMany()));
    }
    List<List<Finding>> rightType = without(byAlternative.values(), this::wrongType);
    if (rightType.isEmpty()) {
      return List.of(merged(this::wrongType, "type"));
    }
    List<List<Finding>> meant = without(rightType, this::wrongTag);
    if (meant.size() == 1) {
      return explanation.explain(meant.get(0), union + 2);
    }
    if (rightType.size() == 1) {
      return explanation.explain(rightType.get(0), union + 2);
    }
    if (meant.isEmpty() && oneTag(rightType)) {
      return List.of(merged(this::wrongTag, "enum"));
    }
    return List.of(summary(meant.isEmpty() ? rightType : meant));
  }

  private static List<List<Finding>> without(
      Iterable<List<Finding>> alternatives, Predicate<Finding> unwanted) {
    List<List<Finding>> kept = new ArrayList<>();
    for (List<Finding> alternative : alternatives) {
      if (alternative.stream().noneMatch(unwanted)) {
        kept.add(alternative);
      }
    }
    return kept;
  }

  private boolean wrongType(Finding error) {
    return error.keyword().equals("type") && error.instance().equals(place);
  }

  /** A tag is a fixed value of the thing itself or of one of its fields, like {@code kind}. */
  private boolean wrongTag(Finding error) {
    boolean fixed = error.keyword().equals("const") || error.keyword().equals("enum");
    return fixed && error.instance().size() <= place.size() + 1;
  }

  private boolean oneTag(List<List<Finding>> alternatives) {
    return alternatives.stream()
            .flatMap(List::stream)
            .filter(this::wrongTag)
            .map(Finding::instance)
            .distinct()
            .count()
        == 1;
  }

  /** One line for errors that differ only in what they would accept. */
  private Violation merged(Predicate<Finding> which, String mergedKeyword) {
    List<Finding> alike = errors.stream().filter(which).toList();
    Set<String> accepted = new LinkedHashSet<>();
    alike.forEach(error -> accepted.addAll(Wording.accepted(error.error())));
    String message = Wording.mustBe(alike.get(0).error(), accepted);
    return new Violation(Pointers.of(alike.get(0).instance()), mergedKeyword, message);
  }

  private Violation summary(List<List<Finding>> alternatives) {
    List<String> lacks = new ArrayList<>();
    for (List<Finding> alternative : alternatives) {
      List<Violation> found = explanation.explain(alternative, union + 2);
      String lack = found.stream().limit(TOLD).map(this::told).collect(Collectors.joining(" and "));
      if (!lacks.contains(lack)) {
        lacks.add(lack);
      }
    }
    String more = lacks.size() > TOLD ? "; or " + (lacks.size() - TOLD) + " other ways" : "";
    String told = lacks.stream().limit(TOLD).collect(Collectors.joining("; or "));
    return violation(
        place, "fits none of the " + byAlternative.size() + " alternatives: " + told + more);
  }

  private String told(Violation violation) {
    String inside = violation.pointer().substring(Pointers.of(place).length());
    return inside.isEmpty() ? violation.message() : inside + " " + violation.message();
  }

  private String tooMany() {
    return "fits "
        + errors.get(0).error().getArguments()[0]
        + " of the alternatives, must fit exactly one of them";
  }

  private Violation violation(List<String> at, String message) {
    return new Violation(Pointers.of(at), keyword, message);
  }

  /** Where the union applies: its own line tells; else as far as its errors agree. */
  private List<String> place(List<Finding> all) {
    List<String> common = all.get(0).instance();
    if (alternative(all.get(0), union) < 0) {
      return common;
    }
    for (Finding error : all) {
      List<String> other = error.instance();
      int same = 0;
      while (same < Math.min(common.size(), other.size())
          && common.get(same).equals(other.get(same))) {
        same++;
      }
      common = common.subList(0, same);
    }
    return common;
  }
}
