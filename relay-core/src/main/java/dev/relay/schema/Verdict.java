package dev.relay.schema;

import java.util.List;

/** What a schema says of a document. */
public sealed interface Verdict {
  /** The verdict on a document without violations. */
  Verdict ACCEPTED = new Accepted();

  /** No violation. */
  record Accepted() implements Verdict {}

  /**
   * At least one violation.
   *
   * @param violations every violation found, in document order, not empty
   */
  record Refused(List<Violation> violations) implements Verdict {
    public Refused {
      violations = List.copyOf(violations);
    }
  }

  /** The violations; empty where the document is accepted. */
  default List<Violation> violations() {
    return this instanceof Refused refused ? refused.violations() : List.of();
  }
}
