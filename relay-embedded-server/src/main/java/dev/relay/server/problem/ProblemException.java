package dev.relay.server.problem;

/** A problem on its way from where it was found to where it is answered. */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  public ProblemException(Problem problem) {
    // an expected answer, not a fault: nobody reads its stack, so it doesn't pay for one
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }
}
