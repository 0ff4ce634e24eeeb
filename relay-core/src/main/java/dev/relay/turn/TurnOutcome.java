package dev.relay.turn;

import dev.relay.failure.ErrorCode;
import dev.relay.failure.RelayException;
import dev.relay.message.Message;
import dev.relay.schema.Violation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a turn comes to. Nothing of it has happened yet: a commit makes it so. */
public sealed interface TurnOutcome {
  /**
   * The turn's effects.
   *
   * @param state the state after the turn; absent where there is none yet
   * @param reply the reply; absent where the handler gives none
   * @param emitted what it emits, in order, checked against the catalog
   * @param timers what it wants of its timers, in order
   */
  record Effects(
      @Nullable StateValue state,
      @Nullable JsonNode reply,
      List<Message> emitted,
      List<TimerChange> timers)
      implements TurnOutcome {
    public Effects {
      emitted = List.copyOf(emitted);
      timers = List.copyOf(timers);
    }
  }

  /**
   * The turn has no effects, and trying again would end the same way.
   *
   * @param code what kind of refusal
   * @param message one sentence for people
   * @param reason the actor's own word, where the actor refused
   * @param violations what is wrong with the document, where the refusal is about one
   */
  record Refused(
      ErrorCode code, String message, @Nullable String reason, List<Violation> violations)
      implements TurnOutcome {
    public Refused {
      violations = List.copyOf(violations);
    }

    /** The refusal as the failure a caller gets. */
    public RelayException toException() {
      return RelayException.of(code, message).reason(reason).violations(violations).build();
    }
  }

  /**
   * The handler failed in a way nobody planned; a later try may end otherwise.
   *
   * @param cause what it threw
   */
  record Failed(Throwable cause) implements TurnOutcome {}
}
