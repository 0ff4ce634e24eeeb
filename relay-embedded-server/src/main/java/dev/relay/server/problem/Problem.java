package dev.relay.server.problem;

import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import dev.relay.schema.Violation;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JsonGenerator;

/**
 * One occasion of a problem, as RFC 9457 writes it. Immutable.
 *
 * @param type what kind it is
 * @param detail what was expected and what was found
 * @param reason the actor's own word for a refusal
 * @param remedy what to do next
 * @param violations every place of the document that is wrong
 */
public record Problem(
    ProblemType type,
    String detail,
    @Nullable String reason,
    @Nullable String remedy,
    List<Violation> violations) {
  public static final String CONTENT_TYPE = "application/problem+json";
  private static final Logger log = LoggerFactory.getLogger(Problem.class);

  public Problem {
    violations = List.copyOf(violations);
  }

  public static Problem of(ProblemType type, String detail) {
    return new Problem(type, detail, null, null, List.of());
  }

  /**
   * What a failure looks like from outside. A failure that nobody planned is logged here with its
   * stack under an incident id, and the caller gets the id only.
   */
  public static Problem of(Throwable failure) {
    Throwable cause = failure;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof ProblemException known) {
      return known.problem();
    }
    if (cause instanceof RelayException known && known.code() != ErrorCode.INTERNAL) {
      return of(known);
    }
    String incident = incident();
    log.error("incident {}: a request failed in a way nobody planned", incident, cause);
    return of(
        ProblemTypes.of(ErrorCode.INTERNAL),
        "the node failed to answer; its log has the cause as incident " + incident);
  }

  private static Problem of(RelayException failure) {
    return new Problem(
        type(failure),
        detail(failure),
        failure.reason().orElse(null),
        failure.remedy().orElse(null),
        failure.violations());
  }

  /** The type, with the time of this occasion where the failure knows when to come again. */
  private static ProblemType type(RelayException failure) {
    ProblemType type = ProblemTypes.of(failure.code());
    return failure
        .retryAfter()
        .map(
            time ->
                new ProblemType(
                    type.code(),
                    type.title(),
                    type.status(),
                    Math.max(1, (int) Math.ceil(time.toMillis() / 1000.0)),
                    type.explanation()))
        .orElse(type);
  }

  /** What an actor's code threw may hold secrets of its own: it goes to the log, not to callers. */
  private static String detail(RelayException failure) {
    String message = String.valueOf(failure.getMessage());
    Throwable thrown = failure.getCause();
    if (failure.code() != ErrorCode.HANDLER_FAILED || thrown == null) {
      return message;
    }
    String incident = incident();
    log.warn("incident {}: {}", incident, message, thrown);
    return message.replace(": " + thrown, "")
        + "; the node's log has the cause as incident "
        + incident;
  }

  private static String incident() {
    return UUID.randomUUID().toString().substring(0, 8);
  }

  /** Writes the problem document. */
  public void write(JsonGenerator json, String instance) {
    json.writeStartObject();
    json.writeBooleanProperty("success", false);
    json.writeStringProperty("type", type.uri());
    json.writeStringProperty("title", type.title());
    json.writeNumberProperty("status", type.status());
    json.writeStringProperty("code", type.code());
    json.writeStringProperty("detail", detail);
    json.writeStringProperty("instance", instance);
    if (reason != null) {
      json.writeStringProperty("reason", reason);
    }
    if (remedy != null) {
      json.writeStringProperty("remedy", remedy);
    }
    if (!violations.isEmpty()) {
      json.writeArrayPropertyStart("violations");
      for (Violation violation : violations) {
        json.writeStartObject();
        json.writeStringProperty("pointer", violation.pointer());
        json.writeStringProperty("keyword", violation.keyword());
        json.writeStringProperty("message", violation.message());
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }
}
