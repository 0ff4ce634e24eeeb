package dev.relay.schema;

import java.util.List;

/** A JSON Schema that can't be used; tells every problem, by JSON Pointer into the schema. */
public final class InvalidSchemaException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Violation> violations;

  InvalidSchemaException(List<Violation> violations) {
    super(text(violations));
    this.violations = List.copyOf(violations);
  }

  /** Every problem found, not empty. The pointers lead into the schema. */
  public List<Violation> violations() {
    return violations;
  }

  private static String text(List<Violation> violations) {
    Violation first = violations.get(0);
    String place = first.pointer().isEmpty() ? "the schema" : first.pointer();
    String more = violations.size() == 1 ? "" : " (and " + (violations.size() - 1) + " more)";
    return "not a usable JSON Schema: " + place + " " + first.message() + more;
  }
}
