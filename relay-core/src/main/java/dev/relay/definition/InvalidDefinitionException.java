package dev.relay.definition;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Definitions that can't be used. Carries every problem of every file, not only the first. */
public final class InvalidDefinitionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  /**
   * @param problems not empty; shown by file, line and column
   */
  public InvalidDefinitionException(List<Problem> problems) {
    this(sorted(problems), true);
  }

  private InvalidDefinitionException(List<Problem> problems, boolean inOrder) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = problems;
  }

  private static List<Problem> sorted(List<Problem> problems) {
    if (problems.isEmpty()) {
      throw new IllegalArgumentException("a definition without problems isn't invalid");
    }
    return problems.stream()
        .sorted(
            Comparator.comparing(Problem::file)
                .thenComparingInt(Problem::line)
                .thenComparingInt(Problem::column))
        .distinct()
        .toList();
  }

  /** Every problem, by file, line and column. */
  public List<Problem> problems() {
    return problems;
  }
}
