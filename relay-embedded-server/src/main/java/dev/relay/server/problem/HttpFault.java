package dev.relay.server.problem;

import java.util.List;

/**
 * What goes wrong before Relay has a say: faults of the HTTP request itself. Their codes are those
 * of the status, {@code HTTP-405}, because a library caller of Relay never meets them.
 */
public enum HttpFault {
  NO_SUCH_PATH(404, 0, "no such path", "GET / lists the paths there are."),
  METHOD_NOT_ALLOWED(405, 0, "method not allowed here", "The header Allow lists the methods."),
  REQUEST_TIMEOUT(408, 0, "the request's body came too slowly", "Send the body without a pause."),
  UNSUPPORTED_MEDIA_TYPE(
      415, 0, "unsupported content type", "Send JSON, with Content-Type: application/json."),
  NOT_READY(503, 1, "the node isn't ready", "The detail says what it waits for.");

  private final ProblemType type;

  HttpFault(int status, int retryAfterSeconds, String title, String explanation) {
    this.type = new ProblemType("HTTP-" + status, title, status, retryAfterSeconds, explanation);
  }

  public ProblemType type() {
    return type;
  }

  /** An occasion of this fault. */
  public ProblemException because(String detail) {
    return new ProblemException(Problem.of(type, detail));
  }

  /** An occasion of this fault, with what to do next. */
  public ProblemException because(String detail, String remedy) {
    return new ProblemException(new Problem(type, detail, null, remedy, List.of()));
  }
}
