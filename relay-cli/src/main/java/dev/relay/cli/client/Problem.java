package dev.relay.cli.client;

import dev.relay.cli.output.JsonObject;
import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import dev.relay.schema.Violation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns a node's problem document (RFC 9457) back into the failure it was made of. */
final class Problem {
  private Problem() {}

  /** The failure, or null where the document isn't one of Relay's. */
  static @Nullable RelayException of(JsonObject document) {
    ErrorCode code = code(document.text("code"));
    if (code == null) {
      return null;
    }
    List<Violation> violations = new ArrayList<>();
    for (JsonObject item : document.objects("violations")) {
      violations.add(
          new Violation(item.text("pointer"), item.text("keyword"), item.text("message")));
    }
    String detail = document.text("detail");
    return RelayException.of(code, detail.isEmpty() ? code.title() : detail)
        .reason(document.textOrNull("reason"))
        .remedy(remedy(code, document.textOrNull("remedy")))
        .violations(violations)
        .build();
  }

  /** A node speaks of calls over HTTP; at the terminal the next step is a command. */
  private static @Nullable String remedy(ErrorCode code, @Nullable String said) {
    if (said == null || !said.contains("/api/")) {
      return said;
    }
    return switch (code) {
      case UNKNOWN_EVENT -> "relay catalog list shows what there is";
      case UNKNOWN_ACTOR -> "relay actor list shows what there is";
      case UNKNOWN_INSTANCE -> "relay actor list ACTOR shows the keys there are";
      default -> said;
    };
  }

  private static @Nullable ErrorCode code(String text) {
    for (ErrorCode code : ErrorCode.values()) {
      if (code.code().equals(text)) {
        return code;
      }
    }
    return null;
  }
}
