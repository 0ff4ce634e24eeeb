package dev.relay.server.problem;

/**
 * A kind of problem: what is the same on every occasion. Immutable.
 *
 * @param code the stable code, for example {@code RLY-2101}
 * @param title a short phrase that never changes with the occasion
 * @param status the HTTP status
 * @param retryAfterSeconds what {@code Retry-After} says; 0 where a repeat alone won't help
 * @param explanation what it means and what to do, for people
 */
public record ProblemType(
    String code, String title, int status, int retryAfterSeconds, String explanation) {

  /** The page that explains it, as the {@code type} of a problem document: a relative reference. */
  public String uri() {
    return "/errors/" + code;
  }
}
