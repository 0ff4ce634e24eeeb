package dev.relay.server.endpoint;

import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import dev.relay.schema.Nearest;
import dev.relay.schema.Violation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * The fields of a request document, read one by one; all problems come together in {@link #done}. A
 * field that nobody reads is a problem too: {@code requestid} ignored would be a promise broken in
 * silence.
 */
final class Fields {
  private final JsonNode document;
  private final List<Violation> violations = new ArrayList<>();

  Fields(JsonNode document, List<String> known) {
    this.document = document;
    if (!document.isObject()) {
      violations.add(new Violation("", "type", "it must be a JSON object"));
      return;
    }
    for (String name : document.propertyNames()) {
      if (!known.contains(name)) {
        refuse(name, "additionalProperties", "unknown field" + Nearest.suggestion(name, known));
      }
    }
  }

  /** A text that must be there; the empty text where it isn't, which {@link #done} reports. */
  String required(String name) {
    if (!has(name)) {
      return "";
    }
    String value = optional(name, Integer.MAX_VALUE);
    return value == null ? "" : value;
  }

  /** A text of 1 to so many characters, or nothing. */
  @Nullable String optional(String name, int longest) {
    JsonNode value = document.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isString()) {
      refuse(name, "type", "must be a text");
      return null;
    }
    String text = value.asString();
    if (text.isEmpty() || text.length() > longest) {
      refuse(name, text.isEmpty() ? "minLength" : "maxLength", length(text, longest));
      return null;
    }
    return text;
  }

  /** A whole number within bounds; 0 where there is none. */
  int number(String name, int least, int most) {
    JsonNode value = document.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return 0;
    }
    if (!value.canConvertToExactIntegral()
        || !value.canConvertToInt()
        || value.asInt() < least
        || value.asInt() > most) {
      refuse(name, "type", "must be a whole number from " + least + " to " + most);
      return 0;
    }
    return value.asInt();
  }

  /** Any JSON value that must be there. */
  JsonNode any(String name) {
    return has(name) ? document.path(name) : MissingNode.getInstance();
  }

  /** What is missing is said of the document, as a JSON Schema says it. */
  private boolean has(String name) {
    if (!document.has(name) && document.isObject()) {
      violations.add(new Violation("", "required", "required field \"" + name + "\" is missing"));
    }
    return document.has(name);
  }

  void refuse(String name, String keyword, String message) {
    if (!document.isObject()) {
      return; // that has been said, and then there are no fields to speak of
    }
    String token = name.replace("~", "~0").replace("/", "~1");
    violations.add(new Violation("/" + token, keyword, message));
  }

  /**
   * Ends the reading.
   *
   * @throws RelayException with every problem found
   */
  void done(String expected) {
    if (!violations.isEmpty()) {
      Violation first = violations.get(0);
      throw RelayException.of(
              ErrorCode.MALFORMED_REQUEST,
              "the request document isn't one that is read here: "
                  + (first.pointer().isEmpty() ? "" : first.pointer() + " ")
                  + first.message()
                  + (violations.size() == 1 ? "" : ", and " + (violations.size() - 1) + " more"))
          .violations(violations)
          .remedy(expected)
          .build();
    }
  }

  private static String length(String text, int longest) {
    return text.isEmpty()
        ? "is empty, must be a text"
        : "has " + text.length() + " characters, at most " + longest + " are read";
  }
}
