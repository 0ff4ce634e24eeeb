package dev.relay.actor;

import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import dev.relay.schema.Violation;
import java.util.List;
import java.util.Optional;

/** An ask of a handler that got no answer, with what was asked and why there is none. */
public abstract sealed class AskException extends RuntimeException
    permits AskRefusedException, AskFailedException {
  private static final long serialVersionUID = 1L;

  private final String actor;
  private final String event;
  private final RelayException failure;

  AskException(String actor, String event, String what, RelayException failure) {
    super(text(actor, event, what, failure), failure, false, true);
    this.actor = actor;
    this.event = event;
    this.failure = failure;
  }

  /**
   * The exception for a failure, by whether a later try may succeed.
   *
   * @param actor who was asked
   * @param event what was asked
   */
  public static AskException of(String actor, String event, RelayException failure) {
    return failure.code().isRefusal()
        ? new AskRefusedException(actor, event, failure)
        : new AskFailedException(actor, event, failure);
  }

  /** An ask that isn't allowed never reached the other actor, so it isn't named as who refused. */
  private static String text(String actor, String event, String what, RelayException failure) {
    boolean own =
        failure.code() == ErrorCode.ASK_UNDECLARED
            || failure.code() == ErrorCode.ASK_RING
            || failure.code() == ErrorCode.ASK_CROSSING;
    String why = String.valueOf(failure.getMessage());
    return own ? why : actor + " " + what + " " + event + ": " + why;
  }

  /** Who was asked. */
  public String actor() {
    return actor;
  }

  /** What was asked. */
  public String event() {
    return event;
  }

  /** The stable code of the failure. */
  public ErrorCode code() {
    return failure.code();
  }

  /** The other actor's own word for a refusal, for example {@code OUT_OF_STOCK}. */
  public Optional<String> reason() {
    return failure.reason();
  }

  /** Every violation of a schema or rule, with pointers into the payload of the ask. */
  public List<Violation> violations() {
    return failure.violations();
  }

  /** The failure as the one who was asked reports it. */
  public RelayException failure() {
    return failure;
  }
}
