package dev.relay.node;

import dev.relay.failure.RelayException;
import dev.relay.schema.Violation;

/** The error of a failed delivery as people read it in the list of dead letters. */
final class DeliveryError {
  /** Longest text kept, in characters; enough for a message and its violations. */
  private static final int LONGEST = 4_000;

  private DeliveryError() {}

  static String text(RelayException failure) {
    StringBuilder text = new StringBuilder(failure.code().code());
    failure.reason().ifPresent(reason -> text.append(' ').append(reason));
    text.append(": ").append(failure.getMessage());
    for (Violation violation : failure.violations()) {
      text.append("; ").append(violation.pointer()).append(' ').append(violation.message());
    }
    String clean = text.toString().replace('\0', ' ');
    return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST);
  }
}
