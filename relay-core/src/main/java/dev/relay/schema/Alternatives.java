package dev.relay.schema;

import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;
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

  private final List<Error> errors;
  private final int union;
  private final Explanation explanation;
  private final String keyword;
  private final Map<Integer, List<Error>> byAlternative;
  private final List<String> place;

  /**
   * @param union which step of the evaluation paths is the union's keyword
   */
  Alternatives(List<Error> errors, int union, Explanation explanation) {
    this.errors = errors;
    this.union = union;
    this.explanation = explanation;
    this.keyword = errors.get(0).getEvaluationPath().getName(union);
    this.byAlternative =
        errors.stream()
            .filter(error -> alternative(error.getEvaluationPath(), union) >= 0)
            .collect(
                Collectors.groupingBy(
                    error -> alternative(error.getEvaluationPath(), union),
                    TreeMap::new,
                    Collectors.toList()));
    this.place = place(errors);
  }

  /** Which alternative an error came from, -1 for the union's own line. */
  static int alternative(NodePath path, int union) {
    return path.getNameCount() > union + 1 ? Integer.parseInt(path.getName(union + 1)) : -1;
  }

  List<Violation> explain() {
    if (byAlternative.isEmpty()) {
      return List.of(violation(place, tooMany()));
    }
    List<List<Error>> rightType = without(byAlternative.values(), this::wrongType);
    if (rightType.isEmpty()) {
      return List.of(merged(this::wrongType, "type"));
    }
    List<List<Error>> meant = without(rightType, this::wrongTag);
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

  private static List<List<Error>> without(
      Iterable<List<Error>> alternatives, Predicate<Error> unwanted) {
    List<List<Error>> kept = new ArrayList<>();
    for (List<Error> alternative : alternatives) {
      if (alternative.stream().noneMatch(unwanted)) {
        kept.add(alternative);
      }
    }
    return kept;
  }

  private boolean wrongType(Error error) {
    return error.getKeyword().equals("type") && instance(error).equals(place);
  }

  /** A tag is a fixed value of the thing itself or of one of its fields, like {@code kind}. */
  private boolean wrongTag(Error error) {
    boolean fixed = error.getKeyword().equals("const") || error.getKeyword().equals("enum");
    return fixed && instance(error).size() <= place.size() + 1;
  }

  private boolean oneTag(List<List<Error>> alternatives) {
    return alternatives.stream()
            .flatMap(List::stream)
            .filter(this::wrongTag)
            .map(Alternatives::instance)
            .distinct()
            .count()
        == 1;
  }

  /** One line for errors that differ only in what they would accept. */
  private Violation merged(Predicate<Error> which, String mergedKeyword) {
    List<Error> alike = errors.stream().filter(which).toList();
    Set<String> accepted = new LinkedHashSet<>();
    alike.forEach(error -> accepted.addAll(Wording.accepted(error)));
    String message = Wording.mustBe(alike.get(0), accepted);
    return new Violation(Pointers.of(instance(alike.get(0))), mergedKeyword, message);
  }

  private Violation summary(List<List<Error>> alternatives) {
    List<String> lacks = new ArrayList<>();
    for (List<Error> alternative : alternatives) {
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
        + errors.get(0).getArguments()[0]
        + " of the alternatives, must fit exactly one of them";
  }

  private Violation violation(List<String> at, String message) {
    return new Violation(Pointers.of(at), keyword, message);
  }

  private static List<String> instance(Error error) {
    return Pointers.parts(error.getInstanceLocation());
  }

  /** Where the union applies: its own line tells; else as far as its errors agree. */
  private List<String> place(List<Error> all) {
    List<String> common = instance(all.get(0));
    if (alternative(all.get(0).getEvaluationPath(), union) < 0) {
      return common;
    }
    for (Error error : all) {
      List<String> other = instance(error);
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
