package dev.relay.catalog;

import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import dev.relay.schema.Violation;
import java.util.List;

/** How the catalog refuses a document: the first violation in the message, all of them beside. */
final class Refusal {
  private Refusal() {}

  static RelayException of(ErrorCode code, String what, List<Violation> violations) {
    Violation first = violations.get(0);
    String place = first.pointer().isEmpty() ? "it" : first.pointer();
    String more = violations.size() == 1 ? "" : " (and " + (violations.size() - 1) + " more)";
    return RelayException.of(code, what + ": " + place + " " + first.message() + more)
        .violations(violations)
        .build();
  }
}
